"""What officers call the places in the bot's own sentences that Loa fills in."""

from __future__ import annotations

# What a variable stands for, and an example of it for the preview.
VARIABLES = {
    "province": ("tên tỉnh", "Lai Châu"),
    "days": ("số ngày lưu câu hỏi", "90"),
    "bot": ("tên của Loa", "Loa"),
    "as_of": ("ngày của nội dung", "05/02/2021"),
    "ended": ("vì sao hết hiệu lực", "đã hết hiệu lực từ ngày 01/03/2021"),
    "day": ("ngày hết hạn", "01/03/2021"),
    "title": ("tên chủ đề hoặc văn bản", "Công văn 58-CV/TU"),
    "newer": ("văn bản mới", "Công văn mới của UBND tỉnh"),
    "since": ("từ ngày", "01/03/2021"),
    "what": ("văn bản hoặc mục", "mục 2"),
    "question": ("câu mà bà con đã hỏi", "tiêm vắc xin ở đâu"),
    "questions": ("số câu hỏi", "3"),
    "votes": ("số lượt 👍 👎", "1"),
    "messages": ("số tin nhắn", "8"),
    "suggestions": ("số góp ý", "0"),
    "clause": ("mục của văn bản", "mục 2"),
    "group": ("nhóm chủ đề", "Tết và tụ tập"),
    "number": ("số, ký hiệu", "58-CV/TU"),
    "date": ("ngày văn bản", "08/12/2020"),
    "signer": ("người ký", "(người ký)"),
    "issuer": ("nơi ban hành", "Tỉnh ủy Lai Châu"),
    "subject": ("về việc", "phòng, chống dịch COVID-19"),
    "addressees": ("nơi nhận", "các huyện ủy, thành ủy"),
    "effective": ("ngày có hiệu lực", "08/12/2020"),
    "expires": ("ngày hết hiệu lực", "bản gốc không ghi"),
    "year": ("năm", "2021"),
    "document": ("văn bản", "Công văn 58-CV/TU"),
    "where": ("nhắc ở đâu", "mục 1"),
    "words": ("chữ cần tìm", "khẩu trang"),
    "count": ("số mục", "4"),
    "place": ("tên nơi", "huyện Sìn Hồ"),
    "source": ("nguồn", "Cổng thông tin điện tử tỉnh"),
}
BLANK_WORDS = {name: words for name, (words, _) in VARIABLES.items()}
