"""The month in which a text's fiscal year starts."""

from __future__ import annotations

import pytest

from pipeline.date import fiscal_year_start


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Profit rose in the quarter ended December 31, 2025 (Q3FY26).", 4),
        ("It made 5 in the fiscal year ended March 31.", 4),
        ("It made 5 in the fiscal year that ended June 30.", 7),
        ("In fiscal 2020, which begins July 1, it will spend 5.", 7),
        ("Its fiscal second-quarter profit rose. In the quarter, which ended Nov. 30, it sold 5.", 6),
        ("Half-year results for the six months to 31 August 2024", 3),
        ("It made 5 in the 12 months to June 30.", 7),
        ("Sales were Rs 5 lakh crore.", 4),
        ("Tokyo is to spend 5 trillion yen.", 4),
        ("The federal deficit widened, the U.S. Treasury said.", 10),
        ("The British government borrowed £5bn.", 4),
        ("Australian exports were A$5bn.", 7),
        ("Uganda sold 5 bags of coffee.", 7),
        ("Prices rose in Germany.", None),
        ("Prices rose in the 12 months to June.", None),
        ("", None),
    ],
)
def test_fiscal_year_start(text: str, month: int | None) -> None:
    assert fiscal_year_start(text) == month
