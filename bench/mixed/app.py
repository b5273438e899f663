"""Handlers in Python: one passes its event on to Go, two have the same loop in Python and in Go."""
import math

import index


def echo(event, context):
    return index.handler(event, context)


def go(event, context):
    return {"sum": index.handler({"points": event["points"]}, context)}


def python(event, context):
    points = event["points"]
    total = 0.0
    for i, (px, py) in enumerate(points):
        for qx, qy in points[:i]:
            total += math.hypot(px - qx, py - qy)
    return {"sum": total}
