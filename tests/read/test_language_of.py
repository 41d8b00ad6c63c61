"""English is told from other languages, and nothing is said of a text that is too short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.language_of import LANGUAGES, detect_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The customs office said on Tuesday that exports rose by 5% in March, the third rise in a row."),
        ("en", "Exports up 5% in March. Imports down 3%. Surplus $4bn, customs office says Tuesday."),
        ("en", "Shipments to 中国 and 香港 rose by 5% in March, the customs office said, and those to 日本 fell."),
        ("fr", "Les exportations ont augmenté de 5 % en mars, selon les chiffres que la douane a publiés mardi."),
        ("de", "Die Ausfuhren stiegen im März um 5 Prozent, teilte das Statistische Amt am Dienstag mit."),
        ("nl", "De uitvoer steeg in maart met 5 procent, zo meldde het bureau voor de statistiek op dinsdag."),
        ("es", "Las exportaciones aumentaron un 5 % en marzo, informó el martes la oficina de aduanas del país."),
        ("id", "Ekspor negara itu naik 5 persen pada bulan Maret, kata kantor bea cukai pada hari Selasa."),
        ("zh", "海关总署周二公布，三月份出口增长百分之五，达到三十二亿美元。"),
        ("ru", "Экспорт вырос на 5% в марте, сообщила во вторник таможенная служба страны."),
        ("ar", "ارتفعت الصادرات بنسبة 5٪ في مارس، حسبما ذكرت مصلحة الجمارك يوم الثلاثاء في بيان رسمي"),
        (None, ""),
        (None, "3.2 | 4.5 | 5.6"),
        (None, "One 1."),
    ],
)
def test_language(language: str | None, text: str) -> None:
    assert detect_language(text) == language


@given(st.text(max_size=300))
def test_any_text_has_a_known_language_or_none(text: str) -> None:
    assert detect_language(text) in (None, *LANGUAGES)
