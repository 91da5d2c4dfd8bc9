"""Words as the young and the hurried write them, names as telephones hear them, and words to leave alone.

A line is ``typed forms = reading`` or, where a form is ambiguous, ``reading | reading``, the likelier first.
A reading without marks keeps the question open which word is meant. Written for Loa; taken from no list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .syllables import canonical

Readings = tuple[tuple[str, ...], ...]

_TABLE = """
ko k k0 kô kh khg khog kg hok hk hem khum hông h0k k0g khm kko = không
hong = hong | không
hk1 hk2 = học kỳ
dc đc = được | địa chỉ
dk đk = được | đăng ký | điều kiện
đcj đuoc đươk đưc đượk = được
j = gì
jz jv = gì vậy
z zậy zậi zay zị zỵ = vậy
dz dzay dzậy = vậy
v = vậy
zà = và
zô dzô = vô
zui = vui
zề = về
zới = với
zo = vô
wa = qua
bik bjk bjt biêt bít bík bjết = biết
bit = bit | biết
mk mik mjk mìk mềnh mềh = mình
vs zs = với
ntn ntnao nhtn = như thế nào
cty cti = công ty
sdt sđt sodt sốđt = số điện thoại
dt đt dthoai đthoại dth đth = điện thoại
kbyt kbytế = khai báo y tế
kb = khai báo | không biết
ktrang khtrang ktrg ktrag = khẩu trang
kt = khẩu trang | kiểm tra
ktra ktr = kiểm tra
cq = cơ quan | chính quyền
xn = xét nghiệm
tq = trung quốc
tqc = trung quốc
cug cũg cg cũk = cũng
nhìu nhìw = nhiều
nhiu = nhieu
bnhieu bnhiu bnhiêu bnh bnhju bnhiều = bao nhiêu
bn = bao nhiêu | bạn | bệnh nhân
thui thoy thuj = thôi
hui = thôi | hui
kẩu kảu khẩo = khẩu
hog = không
zợ = vợ
bt = biết | bình thường
hdsd = hướng dẫn sử dụng
bhtn = bảo hiểm thất nghiệp
bcđ = ban chỉ đạo
ub = ủy ban
qg = quốc gia
chplay = ch play
dowload dowlaod donwload = download
rùi roy r = rồi
rui = rui | rồi
luôg lúon = luôn
lun = luôn | lun
ng ngừi ngừoi ngk ngừ nguời = người
ngta nta nguoita = người ta
mn mng mọingười = mọi người
ae = anh em
ac = anh chị | ac
cj chj = chị
ah ạk = ạ
ak = à
uk uh ukm = ừ
ns nój = nói
nt = nhắn tin
tl tloi = trả lời
bv = bệnh viện | bảo vệ
vn vnam = việt nam
hn = hà nội | hôm nay
hni = hà nội
hochiminh = hồ chí minh
tp tpho = thành phố
hcm = hồ chí minh
tphcm = thành phố hồ chí minh
sg = sài gòn
hp = hải phòng
hd = hướng dẫn | hải dương | hợp đồng
hdan hdẫn = hướng dẫn
qn = quảng ninh | quảng nam
lc = lai châu | lào cai
lchau laichau lchâu lchu = lai châu
hanoi = hà nội
vietnam = việt nam
đb = đặc biệt | điện biên
ct = chỉ thị | công ty
cn = công nhân | chủ nhật
ca = ca | công an
cax = công an xã
csgt = cảnh sát giao thông
hs = học sinh | hồ sơ
sv = sinh viên
gv = giáo viên
hc = học | hành chính
cb = cán bộ
cv = công văn | công việc
cviec cvc = công việc
vc = việc
cd cđ = công điện | cộng đồng
qđ qd qdinh qđịnh = quy định | quyết định
nđ = nghị định
pc = phòng chống
pcd = phòng chống dịch
cl = cách ly
kcl = khu cách ly
kcn = khu công nghiệp
kdc = khu dân cư
xh = xã hội
gcxh = giãn cách xã hội
yt = y tế
byt = bộ y tế
syt = sở y tế
tyt = trạm y tế
ttyt = trung tâm y tế
nvyt = nhân viên y tế
bs bsi bsĩ = bác sĩ
bhyt = bảo hiểm y tế
cccd = căn cước công dân
cmnd cmt = chứng minh nhân dân
xnc = xuất nhập cảnh
tt = thông tin | tập trung | thủ tướng
ttin = thông tin
tgian tgan = thời gian
tg = thời gian | thế giới
tbao tb = thông báo
ktx = ký túc xá
vp = vi phạm | văn phòng
xp = xử phạt
nld nlđ = người lao động
ld lđ = lao động
dn = doanh nghiệp
nn = nước ngoài | nhà nước
nc = nước
kd = kinh doanh
kp = không phải
kq kqua = kết quả
lq = liên quan
dl = du lịch
dky đky dki đki đkí dkí = đăng ký
dkien = điều kiện
đchi dchi đchỉ = địa chỉ
ddiem đđiểm đđ = địa điểm
hđ = hoạt động | hợp đồng
gd gđ gđình gdinh = gia đình
sk = sức khỏe | sự kiện
skhoe skhỏe = sức khỏe
nv = nhân viên | như vậy
đv = đối với | đơn vị
vd = ví dụ
bđ bdau = bắt đầu
bh = bây giờ | bao giờ
bgio bgiờ bjo bjờ byh = bây giờ
h = giờ
hnay hnai = hôm nay
hqua = hôm qua
hum = hôm
trc trk trcs = trước
ms = mới
s = sao
lm = làm
lms ls = làm sao
nx = nữa
nma nhma nhm nhmà = nhưng mà
nhg nhưg = nhưng
đg dg = đang | đường
tr = trời | triệu
thik thjk thíc = thích
ck = chồng
vk = vợ
ik đy = đi
ntin = nhắn tin
fai fải = phải
fat fạt = phạt
fong fòng = phòng
fo = f0
lsao = làm sao
tsao = tại sao
vsao = vì sao
cx = cũng
sr sry = xin lỗi
tks thks thanks thank thankyou thnks camon cảmơn = cảm ơn
oto ôtô = ô tô
ok oke oki okie okê okla = ok
ad admin = ad
fb face = facebook
zl = zalo
dtdd đtdđ = điện thoại di động
mxh = mạng xã hội
qc = quảng cáo
đag dag = đang
vacxin vắcxin vaccin vacin vaxin vacine vaccine = vaccine
covid19 = covid 19
covit covi cô-vít covd cvid covid = covid
corona coronavirus = covid
virut vius virus = virus
buezone bluzone bluzon bluezon bluzôn blueezone = bluezone
zaloo dalo = zalo
kara karaok karaokê = karaoke
"""

# Names as dictation writes them. They replace what stands there …
_NAMES = """
bờ lu zôn = bluezone
bờ lu dôn = bluezone
bờ lu giôn = bluezone
bờ lu zon = bluezone
blu zôn = bluezone
blu dôn = bluezone
blu zon = bluezone
blue zone = bluezone
blue zon = bluezone
blue zôn = bluezone
cô vít = covid
cô vy = covid
co vid = covid
cô vid = covid
cô rô na = covid
co ro na = covid
nờ cô vi = ncovi
en cô vi = ncovi
n cô vi = ncovi
n cov = ncov
vi rút = virus
vi rus = virus
vắc xin = vaccine
vắc xinh = vaccine
vác xin = vaccine
kara ô kê = karaoke
ca ra ô kê = karaoke
phây búc = facebook
phây búk = facebook
da lô = zalo
za lô = zalo
f 0 = f0
f 1 = f1
f 2 = f2
f 3 = f3
f không = f0
f một = f1
ép một = f1
"""

# … and these may be meant: a second reading, since the words also mean themselves (cô vi phạm, năm ca bệnh).
_PERHAPS = """
năm ca = 5k
năm k = 5k
5 ca = 5k
ép không = f0
ép hai = f2
ép ba = f3
cô vi = covid
"""

_FOREIGN = """
test bus bar us as is or for fax gas tax pos app apps web website pass sms zalo facebook online offline
bluezone blue zone covid ncov ncovi file link download upload android iphone ios ch play store qr pcr kit
camera taxi wifi internet bot chatbot telegram viber messenger youtube tiktok gmail email google hotline
tivi tv pdf doc docx excel word zoom meet team teams video clip live livestream inbox ib cmt share like
fan fans page group shipper ship shop resort homestay hotel spa gym game games pub club beer karaoke bida
bill visa passport km cm mm ml kg usd who cdc vnpt viettel vtv fpt virus vaccine astra pfizer lockdown
mask masks room book boss class miss sars f0 f1 f2 f3 f4 f5 5k 4k 3k 3g 4g 5g n95 h1n1 h5n1 h7n9 noong ka
khoen pin pu code otp gps bluetooth smartphone laptop pc ok sos sim card grab wc iii vii viii xiii www
http https com vneid vssid ubnd hđnd mttq bch vptu ttg ad and the free full fast food fix mix box
dog log big show new momo text o2 atm data
"""


def _lines(table: str) -> Iterator[tuple[str, str]]:
    for line in table.strip().splitlines():
        typed, _, meant = line.partition(" = ")
        yield typed, meant


def _words(reading: str) -> tuple[str, ...]:
    return tuple(canonical(word) or word for word in reading.split())


def _table() -> dict[str, Readings]:
    pairs = ((form, meant) for typed, meant in _lines(_TABLE) for form in typed.split())
    return {form: tuple(_words(reading) for reading in meant.split(" | ")) for form, meant in pairs}


def _phrases(table: str) -> dict[tuple[str, ...], str]:
    return {_words(typed): meant for typed, meant in _lines(table)}


PROTECTED = frozenset(_FOREIGN.split())
TEENCODE = _table()
NAMES = _phrases(_NAMES)
PERHAPS = _phrases(_PERHAPS)

_ONSETS = (
    (re.compile("^f"), ("ph",)),
    (re.compile("^w"), ("qu", "h")),
    (re.compile("^q(?!u)"), ("qu",)),
    (re.compile("^(?:dz|z)"), ("d", "v", "gi")),
    (re.compile("^j"), ("gi", "ch", "d")),
    (re.compile("^nk"), ("nh",)),
    (re.compile("^ck"), ("ch",)),
    (re.compile("^tk"), ("th",)),
    (re.compile("^kg"), ("kh",)),
    (re.compile("^k(?!h)"), ("c",)),
    (re.compile("^c(?!h)"), ("k",)),
    (re.compile("^ng(?!h)"), ("ngh",)),
    (re.compile("^g(?![hi])"), ("gh",)),
    (re.compile("^(?:ngh|gh)"), ("ng", "g")),
)
_ENDS = (
    (re.compile("ck$"), ("ch", "c")),
    (re.compile("k$"), ("c", "ch", "t")),
    (re.compile("(?<!n)g$"), ("ng",)),
    (re.compile("(?<![cn])h$"), ("nh", "")),
    (re.compile("j$"), ("i",)),
    (re.compile(r"(\w)\1$"), (r"\1",)),
)


def respell(word: str) -> str | None:
    """A syllable in youth spelling (fòng, wê, trog, thík) in proper spelling, or None if it is none.

    The marks stay; where they cannot be right on the new spelling, the letters alone are given.
    """
    starts = [word, *(form.sub(now, word) for form, news in _ONSETS if form.search(word) for now in news)]
    for start in starts:
        for end in (start, *(form.sub(now, start) for form, news in _ENDS if form.search(start) for now in news)):
            if end != word and (found := canonical(end)) is not None:
                return found
    return None
