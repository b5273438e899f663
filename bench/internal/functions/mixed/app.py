"""Handlers in Python: two pass their event on to Go, unread and read. Two have the same loop, in Python and in Go."""
import math

import index


def echo(event, context):
    return index.handler(event, context)


def read(event, context):
    answer = index.handler(event, context)
    return answer if event["source"] else None


def go(event, context):
    return {"sum": index.handler({"points": event["points"]}, context)}


def python(event, context):
    points = event["points"]
    total = 0.0
    for i, (px, py) in enumerate(points):
        for qx, qy in points[:i]:
            total += math.hypot(px - qx, py - qy)
    return {"sum": total}
