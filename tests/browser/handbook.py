"""Goes through the tasks of docs/can-bo.md in real Chromium and takes the pictures of the handbook.

`make handbook` runs it. Loa serves a fresh copy of the pack from a temporary folder, so nothing here changes.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import openpyxl
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from bot.clock import system_clock

from .conftest import CHROMIUM, DESKTOP, PHONE, ROOT
from .office import Office, running_office

PICTURES = ROOT / "docs/img"
MOST_BYTES, COLOURS = 120_000, 64
SLOW, PACK = 60_000, ("data", "intents", "responses")

# What the store holds before the pictures are taken: made up here, asked by nobody.
QUESTIONS = (
    "không đeo khẩu trang phạt bao nhiêu", "khong deo khau trang phat bn", "nhà có đám cưới thì làm thế nào",
    "tôi ở Hà Nội về có phải khai báo không", "số điện thoại đường dây nóng", "sốt ho thì gọi ai",
    "xin giấy đi đường ở đâu vậy", "xin giấy đi đường ở đâu ạ", "bao giờ học sinh đi học lại",
    "trường mầm non có mở không", "chợ phiên có họp không", "5K là gì",
)  # fmt: skip
UNANSWERED, SUBJECT = "xin giấy đi đường", "health_declaration"
NEW_SENTENCE = "Anh/chị quên khẩu trang thì quay về lấy, hoặc mua ở quầy gần nhất."
DIRECTIVE = """UBND TỈNH LAI CHÂU
Số: 101/UBND-VX
Lai Châu, ngày 20 tháng 02 năm 2021
V/v tăng cường phòng, chống dịch Covid-19 trong dịp lễ
Kính gửi: Các sở, ban, ngành tỉnh; UBND các huyện, thành phố.

Ủy ban nhân dân tỉnh yêu cầu:
1. Người dân đeo khẩu trang ở nơi công cộng, chợ, bến xe; xử phạt nghiêm các trường hợp không đeo
khẩu trang theo quy định.
2. Người về từ vùng có dịch khai báo y tế ngay với trạm y tế xã, phường, thị trấn.
3. Sở Y tế kiểm tra, đôn đốc việc thực hiện công văn này.
Văn bản này thay thế mục 2 Văn bản chỉ đạo của UBND tỉnh năm 2021.
"""


@dataclass
class Tour:
    """The officer's browser on its way through the handbook."""

    browser: Browser
    office: Office
    page: Page
    folder: Path
    takes_pictures: bool = False

    def go(self, where: str) -> None:
        """Open one of the pages by its name in the navigation."""
        self.page.get_by_role("navigation", name="Các trang").get_by_role("link", name=where, exact=True).click()

    def press(self, label: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=label).first.click(timeout=SLOW)

    def follow(self, label: str) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=label).first.click(timeout=SLOW)

    def fill(self, label: str, text: str) -> None:
        """Write into a field."""
        self.field(label).fill(text)

    def field(self, label: str) -> Locator:
        """The field with this label; a region may be called the same."""
        return self.page.get_by_label(label).and_(self.page.locator("input, textarea")).first

    def tick(self, label: str) -> None:
        """Tick each box with this label."""
        for box in self.page.get_by_label(label).all():
            box.check()

    def shoot(self, name: str, at: Locator | None = None) -> None:
        """Take the picture docs/img/can-bo-NAME.png of what one sees; `at` is brought into sight first."""
        if self.takes_pictures:
            take(self.page, name, at)


def take(page: Page, name: str, at: Locator | None = None) -> None:
    """Keep a picture with few colours, so that it stays small. Raises SystemExit where it is too large."""
    page.wait_for_load_state("networkidle")
    if at is not None:
        at.evaluate("element => element.scrollIntoView({block: 'start'})")
        page.mouse.wheel(0, -12)
    page.wait_for_timeout(150)
    kept = io.BytesIO()
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
    if kept.tell() > MOST_BYTES:
        sys.exit(f"can-bo-{name}.png has {kept.tell()} bytes, at most {MOST_BYTES} are wanted")
    (PICTURES / f"can-bo-{name}.png").write_bytes(kept.getvalue())
    print(f"can-bo-{name}.png: {kept.tell() // 1000} kB")


def sign_in(tour: Tour) -> None:
    """Vào trang."""
    tour.page.goto(tour.office.commanded_link("Lan"))
    tour.page.set_viewport_size(PHONE)
    tour.shoot("vao")
    tour.page.set_viewport_size(DESKTOP)
    tour.press("Vào trang cán bộ")


def change(tour: Tour, sentence: str) -> None:
    """Add a sentence to the answer about masks and go on to publishing."""
    tour.go("Câu trả lời")
    tour.fill("Tìm trong tên, mã và lời trả lời", "mask_fine")
    tour.press("Tìm")
    tour.page.locator("main a.row").first.click()
    body = tour.field("Lời trả lời")
    body.fill(body.input_value().rstrip() + f"\n{sentence}\n")
    tour.page.locator("[data-preview]").get_by_text(sentence).wait_for()


def check(tour: Tour) -> None:
    """Check the draft and agree to what changes."""
    tour.press("Kiểm tra các mục đã chọn")
    expect(tour.page.get_by_role("heading", name="Nhờ người thứ hai xem")).to_be_visible(timeout=SLOW)
    tour.tick("Đồng ý với thay đổi này")
    expect(tour.page.get_by_role("button", name="Công bố ngay")).to_be_enabled()


def publish(tour: Tour) -> None:
    """1. Sửa một câu rồi công bố."""
    change(tour, NEW_SENTENCE)
    tour.shoot("sua")
    tour.press("Lưu nháp")
    tour.follow("Tiếp: kiểm tra và công bố")
    check(tour)
    tour.shoot("kiem", tour.page.get_by_role("heading", name="Câu hỏi được trả lời khác đi"))
    tour.fill("Vì sao đổi (cho người đọc lịch sử, không bắt buộc)", "bà con hay hỏi")
    tour.press("Công bố ngay")
    expect(tour.page.get_by_role("heading", level=1)).to_contain_text("bà con đang nhận", timeout=SLOW)


def plan(tour: Tour) -> None:
    """2. Hẹn giờ công bố."""
    change(tour, "Hỏi thêm thì anh/chị gọi trạm y tế xã.")
    tour.press("Lưu nháp")
    tour.follow("Tiếp: kiểm tra và công bố")
    check(tour)
    tomorrow = f"{system_clock() + timedelta(days=1):%d/%m/%Y} 07:00"
    tour.fill("Lúc (giờ Việt Nam)", tomorrow)
    tour.press("Hẹn giờ công bố")
    tour.shoot("hen-gio", tour.page.get_by_role("heading", name="Hẹn giờ công bố"))
    tour.press("Huỷ hẹn")


def approve(tour: Tour) -> None:
    """3. Nhờ người thứ hai duyệt."""
    tour.go("Công bố")
    check(tour)
    tour.fill("Tên người duyệt", "Tuấn")
    tour.press("Tạo link duyệt")
    link = tour.page.get_by_label("Link cho Tuấn").input_value()
    context = tour.browser.new_context(viewport=PHONE, locale="vi-VN")
    second = context.new_page()
    second.goto(link)
    take(second, "duyet")
    second.get_by_role("button", name="Duyệt").click()
    expect(second.get_by_role("heading", level=1)).to_contain_text("Đã duyệt")
    context.close()
    tour.press("Công bố ngay")
    expect(tour.page.get_by_role("heading", level=1)).to_contain_text("bà con đang nhận", timeout=SLOW)


def go_back(tour: Tour) -> None:
    """4. Quay lại bản trước."""
    tour.go("Công bố")
    tour.follow("Các bản đã công bố")
    tour.follow("Trở lại bản")
    tour.fill("Vì sao trở lại", "câu mới gây hiểu lầm")
    tour.shoot("tro-lai")
    tour.press("Trở lại bản")


def open_group(tour: Tour) -> None:
    """Open the questions that were not answered, and say of which subject they are."""
    tour.go("Câu hỏi chưa đáp")
    group = tour.page.get_by_role("link", name=UNANSWERED)
    for _ in range(20):  # the groups are made in the background
        if group.count():
            break
        tour.page.wait_for_timeout(1000)
        tour.page.reload()
    tour.shoot("chua-dap")
    group.first.click()
    tour.page.get_by_label("Chủ đề", exact=True).select_option(SUBJECT)


def settle(tour: Tour) -> None:
    """5. Xem bà con hỏi gì mà chưa đáp được."""
    open_group(tour)
    tour.press("Tiếp: xem trước thay đổi")
    expect(tour.page.get_by_role("button", name="Lưu vào bản nháp")).to_be_visible(timeout=SLOW)
    tour.shoot("thu-cau-mau")
    tour.press("Lưu vào bản nháp")


def confirm(tour: Tour) -> None:
    """6. Xác nhận một số điện thoại."""
    tour.go("Dữ kiện")
    tour.fill("Tìm (không dấu cũng được)", "duong day nong")
    tour.press("Xem")
    tour.page.locator("main a.row").first.click()
    tour.fill("Hôm nay anh/chị thấy ở đâu, hỏi ai", "gọi thử lúc 9 giờ, trực ban Sở Y tế nghe máy")
    tour.shoot("xac-nhan")
    tour.press("Xác nhận hôm nay")


def use_sheet(tour: Tour) -> None:
    """7. Sửa nhiều câu trong Excel."""
    tour.go("Công bố")
    tour.follow("Bảng Excel")
    with tour.page.expect_download() as download:
        tour.follow("Tải bảng .xlsx")
    file = tour.folder / "bang.xlsx"
    download.value.save_as(file)
    book = openpyxl.load_workbook(file)
    book["Câu trả lời"]["B3"] = "Khẩu trang, đeo khi nào"
    book.save(file)
    tour.page.get_by_label("Tệp .xlsx").set_input_files(file)
    tour.press("Chỉ xem thử")
    expect(tour.page.get_by_role("heading", name="Bảng không có lỗi")).to_be_visible(timeout=SLOW)
    tour.shoot("bang")
    tour.press("Nhận vào làm bản nháp")


def hold(tour: Tour) -> None:
    """8. Tạm dừng."""
    tour.go("Cài đặt")
    tour.fill("Vì sao tạm dừng", "đang đính chính câu về mức phạt")
    tour.press("Xem lại rồi tạm dừng")
    tour.shoot("tam-dung")
    tour.press("Tạm dừng ngay")
    tour.press("Mở lại, Loa trả lời như thường")


def report(tour: Tour) -> None:
    """9. Lấy báo cáo."""
    tour.go("Số liệu")
    tour.follow("7 ngày qua")
    tour.shoot("so-lieu")
    with tour.page.expect_download(timeout=SLOW):
        tour.follow("Tải báo cáo Word")


def read_directive(tour: Tour) -> None:
    """Hand in a new document, and wait until it is read."""
    file = tour.folder / "cong-van-101.txt"
    file.write_text(DIRECTIVE, "utf-8")
    tour.go("Văn bản")
    tour.follow("Thêm văn bản mới")
    tour.page.get_by_label("Tệp văn bản").set_input_files(file)
    tour.press("Đọc tệp")
    expect(tour.page.get_by_role("heading", level=1)).to_contain_text("Soát bản đọc", timeout=SLOW)


def take_in_directive(tour: Tour) -> None:
    """10. Văn bản mới về."""
    read_directive(tour)
    tour.shoot("van-ban")
    tour.press("Lưu thành bản nháp")
    expect(tour.page.get_by_role("heading", level=1)).to_contain_text("Việc cần xem lại", timeout=SLOW)
    tour.shoot("viec")
    tour.press("Vẫn đúng")


TASKS: tuple[Callable[[Tour], None], ...] = (
    sign_in, publish, plan, approve, go_back, settle, confirm, use_sheet, hold, report, take_in_directive,
)  # fmt: skip


def ask(office: Office) -> None:
    """Questions of residents, so that there is something to see."""
    for number, text in enumerate(QUESTIONS):
        answer = httpx.post(f"{office.address}/api/ask", json={"text": text, "session": f"nguoi-hoi-{number:02}"})
        answer.raise_for_status()


def main() -> None:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        for each in PACK:
            shutil.copytree(ROOT / each, folder / "pack" / each)
        (folder / "var").mkdir()
        with running_office(folder / "var", LOA_CONTENT_DIR=str(folder / "pack")) as office:
            ask(office)
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_context(viewport=DESKTOP, locale="vi-VN", reduced_motion="reduce").new_page()
            tour = Tour(browser, office, page, folder, takes_pictures=True)
            for task in TASKS:
                print(re.sub(r"\.$", "", task.__doc__ or ""))
                task(tour)
            browser.close()


if __name__ == "__main__":
    main()
