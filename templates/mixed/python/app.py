"""The handler of the Lambda function, which calls Go."""
import index  # the functions of main.go


def handle(event, context):
    values = [float(text) for text in event["text"].split()]
    try:
        return index.summarize({"values": values}, context)
    except index.GoError as error:
        return {"problem": error.message}
