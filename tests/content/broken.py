"""A small pack that is whole, and ways to break it."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "data/pack.yaml": """name: Thử
bot_name: Loa
province: Lai Châu
languages: [vi]
groups: [Phòng bệnh]
as_of: 2021-02-05
timezone: Asia/Ho_Chi_Minh
contacts:
  hotlines: [hotline]
  emergency: [ambulance]
""",
    "data/facts.yaml": """hotline:
  title: Đường dây nóng
  value: 1900 9095
  kind: phone
  state: sourced
  source: {title: Thông báo}
ambulance:
  title: Cấp cứu
  value: "115"
  kind: phone
  state: sourced
  source: {title: Số khẩn cấp}
local:
  title: Số của tỉnh
  kind: phone
  state: missing
""",
    "data/places.yaml": """north:
  name: huyện Bắc
  kind: district
  other_names: [Bắc]
  border: true
  phones:
    - title: Trung tâm Y tế
      number: 0213 000 001
      source: Công văn thử
      date: "2021-02-01"
gate:
  name: cửa khẩu Thử
  kind: border_gate
  district: north
""",
    "data/directives/a.md": """---
id: A@2021
title: Văn bản A
number:
date:
year: 2021
issuer: UBND
signer:
subject:
---
## 1
Đeo khẩu trang khi ra ngoài.
## 2
Giữ khoảng cách khi tiếp xúc.
""",
    "intents/mask.yaml": """title: Khẩu trang
group: Phòng bệnh
examples:
  - có phải đeo khẩu trang không
  - ra chợ đeo khẩu trang nhé
  - khẩu trang đeo ở đâu
checks:
  - phải đeo khẩu trang không
related: [distance]
""",
    "intents/distance.yaml": """title: Khoảng cách
group: Phòng bệnh
examples:
  - đứng cách nhau bao xa
  - giữ khoảng cách mấy mét
  - khoảng cách khi tiếp xúc
checks:
  - khoảng cách mấy mét
""",
    "intents/_out_of_scope.yaml": """groups:
  far:
    title: Chuyện khác
    examples: [hôm nay trời mưa, giá lợn hơi, kết quả bóng đá]
    checks: [trời mưa hôm nay]
""",
    "intents/_danger.yaml": """signs: [không thở được]
checks: [mẹ tôi không thở được]
""",
    "responses/vi/mask.md": """**Anh/chị đeo khẩu trang.**
{% quote "A@2021#1" %}Đeo khẩu trang khi ra ngoài{% endquote %}
{{ fact("hotline") }}
""",
    "responses/vi/distance.md": """**Anh/chị giữ khoảng cách.**
{% quote "A@2021#2" %}Giữ khoảng cách khi tiếp xúc{% endquote %}
""",
}


def make(folder: Path, messages: Path, **changes: str | None) -> Path:
    """Write the pack; `changes` replace a file's text, or leave it out where they are None."""
    (folder / "responses/vi").mkdir(parents=True)
    (folder / "responses/vi/_messages.yaml").write_text(
        messages.read_text(encoding="utf8")
        .replace("moh_hotline", "hotline")
        .replace("ambulance_115", "ambulance")
        .replace("fire_114", "ambulance"),
        encoding="utf8",
    )
    for name, text in {**FILES, **changes}.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf8")
    return folder
