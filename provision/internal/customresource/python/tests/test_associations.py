"""Tests the functions of a distribution that others configure, too."""
import types
import unittest

import running
import standin

ARN = "arn:aws:lambda:us-east-1:123456789012:function:"


def association(event, function, pattern="", **more):
    found = dict({"EventType": event, "Function": ARN + function, "IncludeBody": "false"}, **more)
    if pattern:
        found["PathPattern"] = pattern
    return found


def behavior(*functions, **more):
    found = dict({
        "TargetOriginId": "site", "ViewerProtocolPolicy": "allow-all",
        "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
    }, **more)
    items = [{"EventType": event, "LambdaFunctionARN": ARN + function, "IncludeBody": False}
             for event, function in functions]
    found["LambdaFunctionAssociations"] = {"Quantity": len(items), "Items": items}
    return found


class Distribution(object):
    """CloudFront with one distribution. The first updates may find that something else has changed it."""

    def __init__(self, error, conflicts=0):
        self.error, self.conflicts, self.updates, self.tag = error, conflicts, 0, 1
        self.meta, self.readers, self.text = types.SimpleNamespace(events=self), [], None
        self.configuration = {
            "CallerReference": "1", "Comment": "The shop",
            "DefaultCacheBehavior": behavior(("viewer-response", "theirs:7")),
            "CacheBehaviors": {"Quantity": 1, "Items": [behavior(PathPattern="api/*")]},
        }

    def register(self, event, handler):
        self.readers.append(handler)

    def fail(self, code):
        raise self.error({"Error": {"Code": code, "Message": code}}, "UpdateDistribution")

    def get_distribution_config(self, Id):
        import copy
        if Id != "E1EXAMPLE":
            self.fail("NoSuchDistribution")
        if self.text:
            model = standin.boto3.client("cloudfront").meta.service_model.operation_model("GetDistributionConfig")
            for reader in self.readers:
                reader(operation_model=model, response_dict={"status_code": 200, "body": self.text}, other=1)
        return {"DistributionConfig": copy.deepcopy(self.configuration), "ETag": str(self.tag)}

    def update_distribution(self, Id, IfMatch, DistributionConfig):
        if self.conflicts:
            self.conflicts -= 1
            self.tag += 1
            self.configuration["Comment"] += "."
        if IfMatch != str(self.tag):
            self.fail("PreconditionFailed")
        self.configuration, self.tag, self.updates = DistributionConfig, self.tag + 1, self.updates + 1


class Associations(standin.TestCase):
    def setUp(self):
        super().setUp()
        self.module = running.load("associations")
        self.module["time"] = types.SimpleNamespace(sleep=lambda seconds: None)
        self.use(0)

    def use(self, conflicts):
        self.cloudfront = Distribution(self.module["ClientError"], conflicts)
        self.module["client"] = lambda service: self.cloudfront

    def found(self):
        configuration, found = self.cloudfront.configuration, []
        for one in [configuration["DefaultCacheBehavior"]] + configuration["CacheBehaviors"]["Items"]:
            associations = one["LambdaFunctionAssociations"]
            if associations["Quantity"] != len(associations.get("Items", [])):
                raise AssertionError(associations)
            for item in associations.get("Items", []):
                found.append("{} {} {}".format(one.get("PathPattern", "*"), item["EventType"],
                                               item["LambdaFunctionARN"].split(":", 6)[6]))
        return sorted(found)

    def ask(self, kind, associations, physical=None, old=None, distribution="E1EXAMPLE"):
        more = {} if old is None else {
            "OldResourceProperties": {"Distribution": distribution, "Associations": old}}
        return running.ask(self.module, kind, {"Distribution": distribution, "Associations": associations}, physical,
                           **more)

    def test_create_update_and_delete(self):
        first = [association("viewer-request", "a:1"), association("origin-request", "b:1", "api/*",
                                                                   IncludeBody="true")]
        answer = self.ask("Create", first)
        theirs = "* viewer-response theirs:7"
        self.assertEqual((answer["Status"], self.found()), (
            "SUCCESS", ["* viewer-request a:1", theirs, "api/* origin-request b:1"]), answer)
        self.assertTrue(self.cloudfront.configuration["CacheBehaviors"]["Items"][0]["LambdaFunctionAssociations"][
            "Items"][0]["IncludeBody"])
        self.assertEqual(self.ask("Create", first), answer, "repeating the request changed the answer")
        self.assertEqual(self.cloudfront.updates, 1, "repeating the request changed the distribution")
        second = [association("viewer-request", "a:2"), association("origin-response", "c:1")]
        again = self.ask("Update", second, answer["PhysicalResourceId"], old=first)
        self.assertEqual((again["Status"], self.found()), (
            "SUCCESS", ["* origin-response c:1", "* viewer-request a:2", theirs]), again)
        self.assertEqual(again["PhysicalResourceId"], answer["PhysicalResourceId"])
        for _ in range(2):
            gone = self.ask("Delete", second, answer["PhysicalResourceId"])
            self.assertEqual((gone["Status"], self.found()), ("SUCCESS", [theirs]), gone)
        self.assertEqual(self.cloudfront.configuration["Comment"], "The shop")

    def test_another_function_in_the_same_place(self):
        old = [association("viewer-request", "a:1")]
        answer = self.ask("Create", old)
        again = self.ask("Update", [association("viewer-request", "b:1")], answer["PhysicalResourceId"], old=old)
        self.assertEqual((again["Status"], self.found()), (
            "SUCCESS", ["* viewer-request b:1", "* viewer-response theirs:7"]), again)

    def test_a_deletion_leaves_what_somebody_else_has_put_there(self):
        ours = [association("viewer-request", "a:1")]
        answer = self.ask("Create", ours)
        self.cloudfront.configuration["DefaultCacheBehavior"] = behavior(("viewer-request", "other:1"))
        gone = self.ask("Delete", ours, answer["PhysicalResourceId"])
        self.assertEqual((gone["Status"], self.found()), ("SUCCESS", ["* viewer-request other:1"]), gone)

    def test_a_newer_version_is_removed_too(self):
        ours = [association("viewer-request", "a:1")]
        answer = self.ask("Create", ours)
        self.cloudfront.configuration["DefaultCacheBehavior"] = behavior(("viewer-request", "a:9"))
        self.ask("Delete", ours, answer["PhysicalResourceId"])
        self.assertEqual(self.found(), [])

    def test_a_distribution_that_changes_meanwhile(self):
        self.use(3)
        answer = self.ask("Create", [association("origin-request", "a:1")])
        self.assertEqual((answer["Status"], self.found()), (
            "SUCCESS", ["* origin-request a:1", "* viewer-response theirs:7"]), answer)
        self.assertTrue(self.cloudfront.configuration["Comment"].endswith("..."), "the other change is lost")
        self.cloudfront.conflicts = 2
        gone = self.ask("Delete", [association("origin-request", "a:1")], answer["PhysicalResourceId"])
        self.assertEqual((gone["Status"], self.found()), ("SUCCESS", ["* viewer-response theirs:7"]), gone)
        self.assertTrue(self.cloudfront.configuration["Comment"].endswith("....."), "the other change is lost")

    def test_a_slash_at_the_beginning_of_a_pattern_makes_no_difference(self):
        first = [association("origin-request", "a:1", "/api/*")]
        answer = self.ask("Create", first)
        self.assertEqual((answer["Status"], self.found()), (
            "SUCCESS", ["* viewer-response theirs:7", "api/* origin-request a:1"]), answer)
        second = [association("origin-request", "b:1", "api/*")]
        again = self.ask("Update", second, answer["PhysicalResourceId"], old=first)
        self.assertEqual((again["Status"], self.found()), (
            "SUCCESS", ["* viewer-response theirs:7", "api/* origin-request b:1"]), again)
        self.assertEqual(self.module["pattern_of"]({"PathPattern": "/"}), "/")

    def test_what_makes_an_update_fail_does_not_make_its_rollback_fail(self):
        def lose_the_behavior():
            self.cloudfront.configuration["CacheBehaviors"] = {"Quantity": 0, "Items": []}

        def lose_the_place():
            self.cloudfront.configuration["CacheBehaviors"]["Items"] = [
                behavior(("origin-request", "other:3"), PathPattern="api/*")]

        def lose_the_distribution():
            self.cloudfront.get_distribution_config = lambda Id: self.cloudfront.fail("NoSuchDistribution")

        for lose in (lose_the_behavior, lose_the_place, lose_the_distribution):
            self.use(0)
            first, second = ([association("origin-request", "a:" + version, "api/*")] for version in ("9", "10"))
            answer = self.ask("Create", first)
            lose()
            physical = answer["PhysicalResourceId"]
            self.assertEqual(self.ask("Update", second, physical, old=first)["Status"], "FAILED", lose)
            self.assertEqual(self.ask("Update", first, physical, old=second)["Status"], "SUCCESS", lose)
            self.assertEqual(self.ask("Delete", first, physical)["Status"], "SUCCESS", lose)

    def test_a_behavior_that_has_gone_is_not_needed_for_a_deletion(self):
        ours = [association("origin-request", "a:1", "api/*"), association("viewer-request", "a:1")]
        answer = self.ask("Create", ours)
        self.cloudfront.configuration["CacheBehaviors"] = {"Quantity": 0, "Items": []}
        gone = self.ask("Delete", ours, answer["PhysicalResourceId"])
        self.assertEqual((gone["Status"], self.found()), ("SUCCESS", ["* viewer-response theirs:7"]), gone)

    def test_a_distribution_that_never_stops_changing(self):
        self.use(100)
        answer = self.ask("Create", [association("origin-request", "a:1")])
        self.assertEqual(answer["Status"], "FAILED")
        self.assertIn("PreconditionFailed", answer["Reason"])

    def test_what_cannot_be_associated(self):
        cases = (
            (association("viewer-response", "a:1"), "already runs " + ARN + "theirs:7 for viewer-response"),
            (association("viewer-request", "a:1", "img/*"), "use one of its patterns (api/*)"),
        )
        for wanted, reason in cases:
            answer = self.ask("Create", [wanted])
            self.assertEqual(answer["Status"], "FAILED")
            self.assertIn(reason, answer["Reason"])
        self.assertEqual(self.cloudfront.updates, 0)

    def test_settings_that_the_sdk_does_not_know_are_not_lost(self):
        known = ('<DistributionConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Comment>x</Comment>'
                 "<Origins><Quantity>1</Quantity><Items><Origin><Id>shop</Id>{}</Origin></Items></Origins>"
                 "</DistributionConfig>")
        wanted = [association("origin-request", "a:1")]
        self.cloudfront.text = known.format("<Speed><Limit>1</Limit></Speed>").encode()
        answer = self.ask("Create", wanted)
        self.assertIn("has the setting Origins.Items.Origin.Speed, which", answer.get("Reason", ""))
        self.assertEqual(self.cloudfront.updates, 0)
        gone = self.ask("Delete", wanted, answer["PhysicalResourceId"])
        self.assertEqual(gone["Status"], "SUCCESS", gone)
        self.cloudfront.text = known.format("").encode()
        self.assertEqual(self.ask("Create", wanted)["Status"], "SUCCESS")

    def test_moto_sends_what_the_sdk_knows(self):
        self.module["client"] = standin.boto3.client
        behavior = {"TargetOriginId": "shop", "ViewerProtocolPolicy": "allow-all", "ForwardedValues": {
            "QueryString": False, "Cookies": {"Forward": "none"}}}
        made = self.client("cloudfront").create_distribution(DistributionConfig={
            "CallerReference": "1", "Comment": "", "Enabled": True, "DefaultCacheBehavior": behavior,
            "Origins": {"Quantity": 1, "Items": [{
                "Id": "shop", "DomainName": "shop.example.com",
                "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"}}]}})
        cloudfront = self.client("cloudfront")
        lost = self.module["watch"](cloudfront)
        cloudfront.get_distribution_config(Id=made["Distribution"]["Id"])
        self.assertEqual(lost, [])

    def test_cloudfront_functions(self):
        self.cloudfront.configuration["DefaultCacheBehavior"]["FunctionAssociations"] = {"Quantity": 1, "Items": [
            {"EventType": "viewer-response", "FunctionARN": "arn:aws:cloudfront::123456789012:function/small"}]}
        answer = self.ask("Create", [association("viewer-request", "a:1")])
        self.assertIn("function/small for viewer-response events", answer.get("Reason", ""))
        self.assertEqual(self.ask("Create", [association("origin-request", "a:1")])["Status"], "SUCCESS")

    def test_distributions_that_do_not_exist(self):
        answer = self.ask("Create", [], distribution="E2EXAMPLE")
        self.assertIn("distribution E2EXAMPLE does not exist: use the ID of", answer["Reason"])
        gone = self.ask("Delete", [], answer["PhysicalResourceId"], distribution="E2EXAMPLE")
        self.assertEqual(gone["Status"], "SUCCESS", gone)
        for name in ("", None, "arn:aws:cloudfront::123456789012:distribution/E2"):
            answer = self.ask("Create", [], distribution=name)
            self.assertIn("is not the ID of a distribution", answer["Reason"])


if __name__ == "__main__":
    unittest.main()
