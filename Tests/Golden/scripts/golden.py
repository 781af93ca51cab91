"""Shared by the scripts beside it: write a golden file, name the packages that made it."""
import json
import math
from importlib.metadata import version
from pathlib import Path


def source(*packages):
    return ", ".join(f"{name} {version(name).split('+')[0]}" for name in packages)


def text(value, digits=None, indent=0):
    """JSON, a row of plain numbers and whatever is short on one line."""
    if isinstance(value, float):
        assert math.isfinite(value)
        return repr(value) if digits is None else f"{value:.{digits}g}"
    if not isinstance(value, (dict, list)):
        return json.dumps(value)
    parts = [text(v, digits, indent + 1) for v in (value.values() if isinstance(value, dict) else value)]
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {part}" for key, part in zip(value, parts)]
    open_, close = "{}" if isinstance(value, dict) else "[]"
    plain = isinstance(value, list) and not any(isinstance(v, (dict, list)) for v in value)
    line = ", ".join(parts)
    if plain or (indent and len(line) < 240 and "\n" not in line):
        return open_ + line + close
    gap = "\n" + " " * (indent + 1)
    return open_ + gap + ("," + gap).join(parts) + gap[:-1] + close


def write(name, content, digits=None):
    """Writes into the folder above the scripts; `digits` fixes the significant digits of every float."""
    assert "source" in content
    out = text(content, digits) + "\n"
    assert json.loads(out) == content
    assert len(out) < 60_000, len(out)
    (Path(__file__).resolve().parent.parent / name).write_text(out)
    print(f"{name}: {len(out)} bytes")
