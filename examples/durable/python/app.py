"""The handler of a durable function: AWS's SDK keeps the results of its steps, which Go computes."""
from aws_durable_execution_sdk_python import DurableContext, durable_execution
from aws_durable_execution_sdk_python.config import Duration

import index  # the Go function


def in_go(step, **values):
    """A step that Go runs. Its result has to be JSON, and so has what index.step returns."""
    return lambda _: index.step(dict(values, step=step))


@durable_execution
def handle(event, context: DurableContext):
    order = event["order"]
    price = context.step(in_go("price", order=order, items=event["items"]), name="price")
    # The function ends here, and Lambda calls it again later. The first step is then not repeated.
    context.wait(Duration.from_seconds(event.get("wait", 60)), name="cooling-off")
    return context.step(in_go("charge", order=order, cents=price["cents"]), name="charge")
