#!/usr/bin/env python3
"""Makes world.bin: outlines of land and lines between countries; and countries.tsv: where their names may stand.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python3 build_world.py package ../data

Python 3.9 and its standard library. Two scales, 110m and 50m, one after the other; of each:

    varint  units a degree
    varint  number of rings of land, then the rings; the same for the lines between countries
    a ring or line: varint number of points, then their longitudes and latitudes in units,
    each as the zigzag varint of its difference to the point before (to 0 for the first)

Rings are closed without repeating their first point. Points that fall together in these units are left out, as are
rings that fall into a line. What crosses the 180th meridian goes on beyond 180 degrees east; the ring around the south
pole is closed along it. In countries.tsv: the middle of a country's largest part, as degrees east and north, its width
and height in degrees, and its name as Natural Earth has it; the largest first.
"""

import json
import math
import sys
from pathlib import Path

SCALES = [("110m", 40), ("50m", 200)]


def varint(out, n):
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)


def zigzag(n):
    return n << 1 if n >= 0 else (-n << 1) - 1


def decoded(topology):
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def polygons(geometry):
    if geometry["type"] == "GeometryCollection":
        for inner in geometry["geometries"]:
            yield from polygons(inner)
    elif geometry["type"] == "Polygon":
        yield geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        yield from geometry["arcs"]


def stitched(arcs, numbers):
    points = []
    for n in numbers:
        arc = arcs[n] if n >= 0 else arcs[~n][::-1]
        points.extend(arc if not points else arc[1:])
    return points


def quantised(points, units):
    out = []
    for lon, lat in points:
        p = (round(lon * units), round(lat * units))
        if not out or out[-1] != p:
            out.append(p)
    return out


def unrolled(points):
    """Longitudes that go on where they would jump at the 180th meridian, beginning in [-180, 180)."""
    out, turn, before = [], 0, None
    for lon, lat in points:
        if before is not None and lon + turn - before > 180:
            turn -= 360
        elif before is not None and lon + turn - before < -180:
            turn += 360
        before = lon + turn
        out.append((before, lat))
    return out


def shifted(points):
    least = min(lon for lon, _ in points)
    turn = -((least + 180) // 360) * 360
    return [(lon + turn, lat) for lon, lat in points]


def ring_of(points):
    points = unrolled(points)
    if abs(points[0][0] - points[-1][0]) > 180:
        points += [(points[-1][0], -90), (points[0][0], -90)]
    return shifted(points)


def middle(points):
    """Area and centre of a ring, in degrees, a degree east as long as it is there."""
    area = x = y = 0
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1]):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if not area:
        return 0, points[0]
    centre = (x / (3 * area), y / (3 * area))
    return abs(area) / 2 * math.cos(math.radians(centre[1])), centre


def names(topology):
    arcs = decoded(topology)
    rows = []
    for country in topology["objects"]["countries"]["geometries"]:
        best = (0, None, None)
        for polygon in polygons(country):
            for numbers in polygon:
                points = ring_of(stitched(arcs, numbers))
                area, centre = middle(points)
                if area > best[0]:
                    best = (area, centre, points)
        area, centre, points = best
        if area:
            lons, lats = [p[0] for p in points], [p[1] for p in points]
            rows.append((-area, country["properties"]["name"], centre, max(lons) - min(lons), max(lats) - min(lats)))
    return "".join(f"{lon:.2f}\t{lat:.2f}\t{wide:.2f}\t{tall:.2f}\t{name}\n" for _, name, (lon, lat), wide, tall in sorted(rows))


def write(out, lines):
    varint(out, len(lines))
    for line in lines:
        varint(out, len(line))
        x = y = 0
        for px, py in line:
            varint(out, zigzag(px - x))
            varint(out, zigzag(py - y))
            x, y = px, py


def main():
    folder, to = Path(sys.argv[1]), Path(sys.argv[2])
    out = bytearray()
    for scale, units in SCALES:
        land = json.loads((folder / f"land-{scale}.json").read_text())
        arcs = decoded(land)
        rings = []
        for polygon in polygons(land["objects"]["land"]):
            for numbers in polygon:
                ring = quantised(ring_of(stitched(arcs, numbers)), units)
                if len(ring) > 1 and ring[0] == ring[-1]:
                    ring.pop()
                if len(ring) > 2:
                    rings.append(ring)
        countries = json.loads((folder / f"countries-{scale}.json").read_text())
        arcs = decoded(countries)
        users = {}
        for i, country in enumerate(countries["objects"]["countries"]["geometries"]):
            for polygon in polygons(country):
                for numbers in polygon:
                    for n in numbers:
                        users.setdefault(n if n >= 0 else ~n, set()).add(i)
        borders = [quantised(shifted(unrolled(arcs[n])), units) for n, used in sorted(users.items()) if len(used) > 1]
        borders = [b for b in borders if len(b) > 1]
        varint(out, units)
        write(out, rings)
        write(out, borders)
        print(scale, len(rings), "rings", sum(map(len, rings)), "points;", len(borders), "borders", sum(map(len, borders)), "points")
    (to / "world.bin").write_bytes(out)
    (to / "countries.tsv").write_text(names(countries))
    print(len(out), "bytes")


main()
