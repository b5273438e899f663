"""Tests the custom resource that finds or creates the active set of receipt rules."""
import types
import unittest

import running
import standin


class RuleSets(standin.TestCase):
    def setUp(self):
        super().setUp()
        self.ses = self.client("ses")
        self.module = running.load("rulesets")
        self.module["time"] = types.SimpleNamespace(sleep=lambda seconds: None)

    def active(self):
        return (self.ses.describe_active_receipt_rule_set().get("Metadata") or {}).get("Name")

    def names(self):
        return [found["Name"] for found in self.ses.list_receipt_rule_sets()["RuleSets"]]

    def ask(self, *arguments, **more):
        answer = running.ask(self.module, *arguments, **more)
        self.assertEqual(answer["Status"], "SUCCESS", answer)
        return answer

    def test_a_set_is_created_if_none_is_active(self):
        self.ses.create_receipt_rule_set(RuleSetName="idle")
        answer = self.ask("Create", {})
        own = answer["Data"]["RuleSetName"]
        self.assertEqual((self.active(), own), (own, answer["PhysicalResourceId"]))
        self.assertTrue(own.startswith("shop-"))
        self.assertEqual(self.ask("Create", {}), answer, "repeating the request changed the answer")
        self.assertEqual(self.ask("Update", {}, own), answer)
        for _ in range(2):
            self.ask("Delete", {}, own)
            self.assertEqual((self.active(), self.names()), (None, ["idle"]))

    def test_an_active_set_is_used_and_kept(self):
        self.ses.create_receipt_rule_set(RuleSetName="theirs")
        self.ses.set_active_receipt_rule_set(RuleSetName="theirs")
        answer = self.ask("Create", {})
        self.assertEqual(answer["Data"]["RuleSetName"], "theirs")
        self.ask("Delete", {}, answer["PhysicalResourceId"])
        self.assertEqual((self.active(), self.names()), ("theirs", ["theirs"]))

    def test_a_created_set_stays_while_others_have_rules_in_it(self):
        own = self.ask("Create", {})["PhysicalResourceId"]
        self.ses.create_receipt_rule(RuleSetName=own, Rule={"Name": "theirs"})
        self.ask("Delete", {}, own)
        self.assertEqual(self.active(), own)

    def test_a_created_set_is_deleted_while_another_is_active(self):
        own = self.ask("Create", {})["PhysicalResourceId"]
        self.ses.create_receipt_rule_set(RuleSetName="theirs")
        self.ses.set_active_receipt_rule_set(RuleSetName="theirs")
        self.ask("Delete", {}, own)
        self.assertEqual((self.active(), self.names()), ("theirs", ["theirs"]))

    def test_two_stacks_at_the_same_time(self):
        original = self.module["client"]

        def client(service):
            made = original(service)
            activate = made.set_active_receipt_rule_set

            def overtaken(**arguments):
                activate(**arguments)
                self.ses.create_receipt_rule_set(RuleSetName="faster")
                self.ses.set_active_receipt_rule_set(RuleSetName="faster")
            made.set_active_receipt_rule_set = overtaken
            return made
        self.module["client"] = client
        self.assertEqual(self.ask("Create", {})["Data"]["RuleSetName"], "faster")
        self.assertEqual(self.names(), ["faster"])

    def test_a_long_name(self):
        stack = running.STACK.replace("/shop/", "/" + "s" * 128 + "/")
        self.assertEqual(len(self.ask("Create", {}, StackId=stack)["PhysicalResourceId"]), 64)


if __name__ == "__main__":
    unittest.main()
