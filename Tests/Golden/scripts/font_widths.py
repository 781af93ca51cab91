"""The advance widths of DejaVu Sans, in units of 1/2048 of the size of its letters.

python font_widths.py [DejaVuSans.ttf]; needs fontTools. The font is that of Debian's fonts-dejavu-core.
"""
import sys

from fontTools.ttLib import TTFont
from golden import source, write

path = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
font = TTFont(path)
assert font["head"].unitsPerEm == 2048
glyphs, metrics = font.getBestCmap(), font["hmtx"]
signs = "\u2009\u202f‐‑–—‘’“”…⁰⁴⁵⁶⁷⁸⁹⁺⁻√∞−≈≠≤≥→"
letters = [*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x391, 0x3A2), *range(0x3A3, 0x3CA)]
letters += [ord(sign) for sign in signs]
outline = font["glyf"]
write(
    "font_widths.json",
    {
        "source": f"{source('fonttools')}, {font['name'].getDebugName(3)} {font['name'].getDebugName(5)}",
        "note": "advance widths of hmtx by letter; ascent and descent of the letters b and g",
        "unitsPerEm": 2048,
        "ascent": outline[glyphs[ord("b")]].yMax,
        "descent": -outline[glyphs[ord("g")]].yMin,
        "widths": {chr(letter): metrics[glyphs[letter]][0] for letter in letters},
    },
)
