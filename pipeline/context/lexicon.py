"""Words of economic, policy and science news by what they say of a figure: the classes that the rankers generalize by.

A class holds lemmas (and a few forms that taggers leave as they are). A word may be in several classes: ``record`` is a
verb of level and of saying. The lists are ours, from the general vocabulary of such news; a word that an analyst would
file under a class is missing by oversight, not by rule.
"""

from __future__ import annotations

from collections.abc import Mapping

CLASSES: Mapping[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        # Verbs and nouns of movement.
        "rise": """rise grow increase jump climb surge soar gain advance expand leap accelerate rebound edge widen recover swell
            rocket improve strengthen add lift raise boost up higher more swelling creep inch shoot spike bounce tick rally
            quicken appreciate ascend augment balloon bolster bounce broaden bump burgeon deepen enlarge escalate extend firm
            growth heighten hike intensify lengthen mount multiply mushroom outgrow outpace overtake pickup propel push
            ratchet rebound recovery resurgence revive skyrocket snowball steepen step-up sprint stretch thicken top-up
            upgrade upgraded upswing uptick upturn upward upwards uplift greater larger bigger faster expansion acceleration
            enlargement appreciation climb inflow addition extra additional""",
        "fall": """fall drop decline decrease slump shrink slide dip sink plunge contract lose cut reduce slow ease tumble narrow
            weaken down lower less fewer shed retreat slip slash trim halve dive plummet tighten dwindle recede slacken abate
            axe backslide collapse contraction cool crash crater crumble curb curtail decelerate dent depreciate descend
            deteriorate devalue diminish downgrade downgraded downswing downturn downward downwards ebb erode erosion evaporate
            fade flag flatten knock lag languish lessen loss melt moderate nosedive outflow pare peel pull reduction reverse
            sag shave shortfall shrinkage sicken skid soften stumble subside taper thin trail trough undershoot vanish wane
            weakening wilt wipe wither write-down smaller slower cheaper cutback deceleration depreciation drawdown
            dropping slowdown slippage""",
        "flat": """flat unchanged steady stable stagnate stagnant stall static hover plateau hold constant even same remain stay
            little-changed unaltered level stand stuck""",
        "multiply": """double triple treble quadruple quintuple halve twice thrice half doubling tripling quadrupling twofold
            threefold fourfold fivefold tenfold times multiple""",
        # Verbs that give a level.
        "level": """be reach total hit stand amount come exceed top surpass number average account represent equal remain stay
            hold
            have record register post make report cost earn spend sell buy produce generate worth value pass cross run
            touch clock log tally settle close end finish open trade fetch price peak bottom peaked approach near break breach
            attain weigh measure aggregate comprise read yield command net gross score notch rack clear sit lie""",
        "exceed": "exceed top surpass pass cross overtake beat outstrip eclipse breach break above over beyond past topple outdo",
        "hold": """have hold own carry contain possess keep boast house store maintain host operate run employ serve count
            include comprise number command control retain occupy staff enroll enrol""",
        "make": """make produce build manufacture generate turn output assemble construct mine pump extract refine grow harvest
            catch brew print publish issue launch supply deliver ship handle process move carry transport load unload
            export import install connect commission complete open create""",
        "get": """earn gain receive win collect raise book bring take get net attract draw secure land pocket reap bank garner
            amass secure borrow fetch pull obtain""",
        "spend": """spend pay invest cost buy purchase give lend donate grant award allocate disburse devote earmark pour plough
            plow commit inject fund finance fork shell splash outlay contribute charge fine burn repay refund subsidize
            subsidise sink set""",
        "sell": "sell trade export ship offer market dispense retail list auction offload deliver",
        "employ": "employ hire recruit lay fire dismiss sack shed cut furlough appoint staff job worker headcount payroll",
        # Words of a part and its whole.
        "share": """share slice portion proportion chunk percentage fraction part majority minority stake weight quota half third
            quarter fifth tenth two-thirds three-quarters ratio cut segment piece lion""",
        "partake": """account represent make constitute comprise contribute form compose supply provide consist cover hold own
            belong equal equivalent generate contribution""",
        "member": "of among amongst out including include such particular notably especially namely respectively each apiece",
        # Comparison.
        "compare": """compare compared against versus vs vs. than relative contrast from while whereas instead previously earlier
            before ago prior formerly once originally initially already""",
        "beat": "beat miss top lag trail undershoot overshoot exceed ahead short below above outperform underperform shy",
        "place": """rank place first second third fourth fifth sixth seventh eighth ninth tenth largest biggest highest lowest
            smallest top position spot slot league table leader lead""",
        # Who speaks, and how surely.
        "say": """say report show announce estimate expect forecast project predict see put reckon state note add tell
            publish release pencil poll survey warn unveil confirm declare disclose reveal indicate suggest find claim
            argue write explain caution insist stress acknowledge admit comment remark observe believe think conclude
            calculate according""",
        "source": """data figure report survey study statistics analyst official economist researcher ministry bureau agency
            office
            department institute university bank association federation group authority commission council census poll
            bulletin statement note paper filing accounts spokesman spokeswoman spokesperson expert consultancy broker
            newspaper journal review index tracker monitor""",
        "estimate": """estimate estimated estimation calculate calculation reckon reckoning guess guesstimate provisional
            preliminary approximation imply implied suggest believe extrapolate assess assessment approximate tally compute
            derive infer gauge attribute provisionally think modelled modeled""",
        "forecast": """forecast project projection predict prediction expect expectation outlook anticipate foresee guidance guide
            likely poise poised set prospect tip reckon see eye bet pencil will would could may might should consensus due
            future shall prognosis envisage envision brace pencilled penciled foreseen upcoming coming ahead next
            eventually ultimately scenario assume assumption count bank slated bound track potential potentially""",
        "target": """target goal aim plan objective pledge commit commitment promise ambition want seek strive intend intent
            must hope
            propose vow require mandate cap limit ceiling quota budget earmark wish shall quest aspire aspiration strategy
            roadmap blueprint program programme scheme bid push seek demand call urge order obligation obliged threshold
            requirement proposal proposed planned envisaged approve approved authorize authorise deadline earmarked vision""",
        # Nouns by what kind of value they have.
        "rate": """rate ratio margin yield inflation unemployment vacancy occupancy utilization utilisation density intensity
            coverage penetration turnout prevalence incidence interest coupon tax tariff duty levy spread premium discount
            probability odds chance score index reading gauge fee commission efficiency participation fertility mortality
            poverty literacy jobless joblessness temperature level speed height depth""",
        "growth": """growth increase rise gain expansion improvement jump surge decline fall drop decrease contraction slump
            reduction cut loss change swing movement recovery rebound slowdown acceleration pace advance hike dip slide
            downturn upturn boost uplift addition""",
        "money": """revenue sales turnover profit earnings income loss surplus deficit spending expenditure budget cost price
            value investment debt loan deposit asset capital fund funding export import trade tax subsidy wage salary pay
            fee dividend proceeds receipt bill payment premium valuation capitalization capitalisation market order
            transaction remittance grant aid donation output gmv ebitda ebit outlay capex liability reserve borrowing
            royalty rent fine penalty compensation bonus refund credit balance financing""",
        "price": "price cost fare rate fee premium quote rent tariff wage salary valuation share stock futures benchmark crude",
        "people": """people person resident inhabitant citizen worker employee staff job household family child pupil student
            patient visitor tourist passenger migrant refugee farmer user customer subscriber member voter consumer woman man
            adult birth death teacher nurse doctor shopper driver traveler traveller viewer buyer seller borrower applicant
            victim case death population workforce crew personnel player fan guest""",
        "thing": """company firm business enterprise store shop branch outlet factory plant site station mine port airport ship
            vessel plane aircraft train car vehicle truck bus home house flat apartment dwelling building school hospital bed
            room hotel parcel package order unit device phone product item app website platform server satellite rocket
            project contract deal agreement permit patent license licence country state province city town village region
            market area sector industry category brand model game film song book ticket seat flight route line ticket bottle
            barrel bag box container load tree animal species""",
        "amount": "amount sum total number count figure tally volume quantity value level average mean median aggregate figure",
        "time": "year month quarter half week day decade century season period term fiscal annual monthly quarterly daily weekly",
        # Small words that turn a figure's sense.
        "more": """more higher above greater larger bigger ahead over beyond extra additional further
            another plus up better longer""",
        "less": "less lower fewer below smaller under short behind minus cheaper shy down worse shorter",
        "only": "only just merely mere barely scarcely alone even still already",
        "each": "per each a an apiece every daily annual monthly",
        "approx": "about around roughly nearly almost approximately some circa close near",
    }.items()
}

_BY_WORD: dict[str, tuple[str, ...]] = {}
for _name, _words in CLASSES.items():
    for _word in _words:
        _BY_WORD[_word] = (*_BY_WORD.get(_word, ()), _name)


def word_classes(word: str) -> tuple[str, ...]:
    """The classes that ``word``, a lemma in lower case, is in; none for most words."""
    return _BY_WORD.get(word, ())
