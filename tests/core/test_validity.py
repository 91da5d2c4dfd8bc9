"""The days that directives give for themselves."""

from __future__ import annotations

import pytest

from bot.core.catalogue import Catalogue
from bot.core.validity import validity
from tests.core.directive_texts import directive

SAID = {
    "Chỉ thị này có hiệu lực kể từ ngày ký.": {"effective": "2021-03-10"},
    "Công văn này có hiệu lực từ ngày 01/02/2021 đến hết ngày 15/02/2021.": {
        "effective": "2021-02-01",
        "expires": "2021-02-15",
    },
    "Các biện pháp này có hiệu lực từ 00 giờ ngày 05 tháng 02 năm 2021.": {"effective": "2021-02-05"},
    "Quyết định này có hiệu lực thi hành từ 12 giờ 00 ngày 28/01 đến 12 giờ 00 ngày 18/02/2021.": {
        "effective": "2021-01-28",
        "expires": "2021-02-18",
    },
    "Văn bản này hết hiệu lực kể từ ngày 01/3/2021.": {"expires": "2021-02-28"},
    "Văn bản này hết hiệu lực sau ngày 28/02/2021.": {"expires": "2021-02-28"},
    "Cong van nay co hieu luc den het ngay 15/02/2021": {"expires": "2021-02-15"},
    "Thời gian áp dụng: từ ngày 10/02/2021 đến trước ngày 20/02/2021.": {
        "effective": "2021-02-10",
        "expires": "2021-02-19",
    },
    "Công văn này áp dụng từ 0h ngày 1/2/2021 cho đến khi có thông báo mới.": {"effective": "2021-02-01"},
    "Chỉ thị số 05/CT-UBND hết hiệu lực kể từ ngày 01/3/2021.": {},
    "Cách ly từ ngày 01/02/2021 đến ngày 15/02/2021.": {},
    "Chỉ thị này chưa hết hiệu lực vào ngày 01/02/2021.": {},
    "Kế hoạch này thực hiện từ ngày 30/02/2021.": {},
}


@pytest.mark.parametrize(("text", "days"), SAID.items(), ids=SAID.keys())
def test_a_directive_says_how_long_it_holds(text: str, days: dict[str, str]) -> None:
    found = validity(directive("Đeo khẩu trang.", text))
    assert {each.field: each.day for each in found} == days
    assert all(each.clause == "12/CT-UBND@2021-03-10#2" and each.words == text for each in found)


def test_signing_counts_only_where_the_day_is_known() -> None:
    assert validity(directive("Chỉ thị này có hiệu lực kể từ ngày ký.", date=None)) == ()


def test_the_real_directives_give_no_day(catalogue: Catalogue) -> None:
    assert [validity(each) for each in catalogue.directives.values()] == [(), ()]
