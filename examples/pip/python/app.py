"""The handler of the Lambda function: a package from PyPI selects orders, and Go adds them up."""
from decimal import Decimal

import jmespath

import index  # the Go function


def handle(event, context):
    query = event["query"]
    orders = [
        # Items of DynamoDB have Decimals, too.
        {"item": order["item"], "price": Decimal(order["price"]), "count": order["count"]}
        for order in jmespath.search(query, event["orders"])
    ]
    try:
        return index.total({"query": query, "orders": orders}, context)
    except index.GoError as error:
        if error.type != "NoOrders":
            raise
        return {"orders": 0, "reason": error.message}
