"""The Equal Earth projection, on which areas can be compared.

Šavrič, Patterson and Jenny, "The Equal Earth map projection", International Journal of Geographical Information
Science 33(3), 2019, equations 1 to 3. The sphere is enough at the scale of a world map.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin, sqrt

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2
HALF_WIDTH = 2.7066299836  # x of the point 180 degrees east of the central meridian, on the equator


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """Longitude and latitude to map units, y growing downwards as in SVG.

    Parameters
    ----------
    centre: central meridian in degrees east; the map is cut half a turn away from it.
    width: width of the whole globe in map units.
    top: y in map units that becomes 0, measured down from the north pole.
    """

    centre: float
    width: float
    top: float = 0.0

    def __call__(self, lon: float, lat: float) -> tuple[float, float]:
        """Project one point.

        ``lon`` is taken as it is, without wrapping, so that a shape which crosses the cut stays in one piece;
        ``wrap`` brings a single point onto the map.
        """
        t = asin(_M * sin(radians(lat)))
        t2 = t * t
        t6 = t2 * t2 * t2
        x = radians(lon - self.centre) * cos(t) / (_M * (_A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)))
        y = t * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))
        scale = self.width / (2 * HALF_WIDTH)
        return self.width / 2 + x * scale, (_POLE - y) * scale - self.top

    def inverse(self, x: float, y: float) -> tuple[float, float]:
        """Longitude and latitude of a point of the map, by Newton's method on the latitude."""
        scale = self.width / (2 * HALF_WIDTH)
        height = _POLE - (y + self.top) / scale
        t = height / _A1
        for _ in range(12):
            t2 = t * t
            t6 = t2 * t2 * t2
            slope = _A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)
            t -= (t * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2)) - height) / slope
        t2 = t * t
        slope = _A1 + 3 * _A2 * t2 + t2 * t2 * t2 * (7 * _A3 + 9 * _A4 * t2)
        lon = degrees((x - self.width / 2) / scale * _M * slope / cos(t))
        lon = (self.centre + lon + 180) % 360 - 180
        return lon, degrees(asin(sin(t) / _M))

    def wrap(self, lon: float) -> float:
        """The same meridian, within half a turn of the centre."""
        return (lon - self.centre + 180) % 360 - 180 + self.centre


_TP = asin(_M)
_POLE = _TP * (_A1 + _A2 * _TP**2 + _TP**6 * (_A3 + _A4 * _TP**2))
