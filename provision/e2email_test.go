package provision_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

// ruleSet is the active set of receipt rules, and how many rules it has.
func (d *deployment) ruleSet() (name string, rules int) {
	d.t.Helper()
	var active struct {
		Metadata struct{ Name string }
		Rules    []struct{ Name string }
	}
	if out := d.account.CLI(d.t, nil, "ses", "describe-active-receipt-rule-set"); len(out) > 0 {
		d.account.CLI(d.t, &active, "ses", "describe-active-receipt-rule-set")
	}
	return active.Metadata.Name, len(active.Rules)
}

// receivingMail makes the function one that SES invokes.
func (d *deployment) receivingMail(rules ...string) {
	permission := sparta.SESPermission{}
	for _, name := range rules {
		permission.ReceiptRules = append(permission.ReceiptRules, sparta.ReceiptRule{
			Name: name, Recipients: []string{name + "@example.com"},
		})
	}
	var err error
	if permission.MessageBodyStorage, err = permission.NewMessageBodyStorageResource("Mails"); err != nil {
		d.t.Fatal(err)
	}
	d.service.Functions[0].Permissions = []sparta.LambdaPermissionExporter{permission}
}

// TestMailInvokesAFunction without an active set of receipt rules: the stack's own set is deleted with the stack.
func TestMailInvokesAFunction(t *testing.T) {
	d := newDeployment(t)
	d.receivingMail("orders", "returns")
	result := d.must()
	name, rules := d.ruleSet()
	if !strings.HasPrefix(name, "Tested-") || rules != 2 || result.Outputs["SESRuleSet"] != name {
		t.Errorf("set %q is active and has %d rules, outputs are %v", name, rules, result.Outputs)
	}
	if log := d.log.String(); !strings.Contains(log, "if none is active, the stack creates one and activates it") {
		t.Errorf("the log does not say what the stack activates:\n%s", log)
	}
	if result := d.must(); result.Changed {
		t.Errorf("a second run changed %v", result.Changes)
	}
	d.receivingMail("orders")
	d.must()
	if again, rules := d.ruleSet(); again != name || rules != 1 {
		t.Errorf("set %q is active and has %d rules, want one in %s", again, rules, name)
	}
	var buckets struct{ Buckets []struct{ Name string } }
	d.account.CLI(t, &buckets, "s3api", "list-buckets")
	mails := slices.IndexFunc(buckets.Buckets, func(b struct{ Name string }) bool {
		return strings.Contains(b.Name, "mails")
	})
	if mails < 0 {
		t.Fatalf("there are only buckets %v", buckets.Buckets)
	}
	policy := string(d.account.CLI(t, nil, "s3api", "get-bucket-policy", "--bucket", buckets.Buckets[mails].Name))
	if !strings.Contains(policy, "ses.amazonaws.com") || !strings.Contains(policy, name) {
		t.Errorf("the policy of the bucket is %s", policy)
	}
	d.deleteStack()
	if name, _ := d.ruleSet(); name != "" {
		t.Errorf("set %s is still active", name)
	}
}

// TestMailRulesOfOthersStay in the active set.
func TestMailRulesOfOthersStay(t *testing.T) {
	d := newDeployment(t)
	d.account.CLI(t, nil, "ses", "create-receipt-rule-set", "--rule-set-name", "theirs")
	d.account.CLI(t, nil, "ses", "set-active-receipt-rule-set", "--rule-set-name", "theirs")
	d.account.CLI(t, nil, "ses", "create-receipt-rule", "--rule-set-name", "theirs", "--rule", `{"Name": "first"}`)
	d.receivingMail("orders")
	d.must()
	if name, rules := d.ruleSet(); name != "theirs" || rules != 2 {
		t.Errorf("set %q is active and has %d rules, want two in theirs", name, rules)
	}
	d.deleteStack()
	if name, rules := d.ruleSet(); name != "theirs" || rules != 1 {
		t.Errorf("set %q is active and has %d rules, want one in theirs", name, rules)
	}
}
