import re, unicodedata
from dataclasses import dataclass
@dataclass(frozen=True, slots=True)
class Reading:
    accented: tuple[str, ...]
    toneless: tuple[str, ...]
    folded: tuple[str, ...]
def strip_marks(t):
    t=unicodedata.normalize("NFD",t.lower().replace("đ","d"))
    return "".join(c for c in t if not unicodedata.combining(c))
def clean(t):
    return re.sub(r"\s+"," ",unicodedata.normalize("NFC",t.encode("utf-8","ignore").decode())).strip()
def readings(t):
    a=tuple(re.findall(r"\w+",clean(t).lower()))
    b=tuple(strip_marks(x) for x in a)
    return (Reading(a,b,b),)
def mask(t): return re.sub(r"\d{9,}","[số]",t)
def is_syllable(t): return True
