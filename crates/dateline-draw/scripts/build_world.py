#!/usr/bin/env python3
"""Makes data/world.bin: outlines of land and lines between countries, from Natural Earth as TopoJSON.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python3 build_world.py package ../data/world.bin

Python 3.9 and its standard library. Two scales, 110m and 50m, one after the other; of each:

    varint  units a degree
    varint  number of rings of land, then the rings; the same for the lines between countries
    a ring or line: varint number of points, then their longitudes and latitudes in units,
    each as the zigzag varint of its difference to the point before (to 0 for the first)

Rings are closed without repeating their first point. Points that fall together in these units are left out, as are
rings that fall into a line.
"""

import json
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
                ring = quantised(stitched(arcs, numbers), units)
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
        borders = [quantised(arcs[n], units) for n, used in sorted(users.items()) if len(used) > 1]
        borders = [b for b in borders if len(b) > 1]
        varint(out, units)
        write(out, rings)
        write(out, borders)
        print(scale, len(rings), "rings", sum(map(len, rings)), "points;", len(borders), "borders", sum(map(len, borders)), "points")
    to.write_bytes(out)
    print(to, len(out), "bytes")


main()
