package original

import (
	"slices"
	"strings"
	"testing"
)

// What only a deployed stack knows has no value on this machine.
func TestFunctionsHaveTheVariablesOfTheTemplate(t *testing.T) {
	const variables = `{"TABLE": "orders", "LIMIT": 12345678901234567, "DEBUG": true, "EMPTY": "", "NAME": {
		"Fn::Join": ["-", [{"Ref": "AWS::StackName"}, "shop"]]}, "QUEUE": {"Ref": "Queue"},
		"AS_IS": "${AWS::StackName}", "SPARTA_DISCOVERY_INFO": {"Fn::Base64": {"Ref": "AWS::StackId"}}}`
	with := strings.Replace(function, `"Handler"`, `"Environment": {"Variables": `+variables+`}, "Handler"`, 1)
	service, err := NewService(rendered(t, `{"Hello": `+with+`}`))
	if err != nil {
		t.Fatal(err)
	}
	local, problem, err := service.Local(false)
	if err != nil || problem != nil {
		t.Fatal(err, problem)
	}
	functions := local.Functions
	if len(functions) != 1 || !slices.Equal(functions[0].Unknown, []string{"QUEUE"}) {
		t.Fatalf("the functions are %+v", functions)
	}
	got := functions[0].Environment()
	want := []string{
		"AS_IS=${AWS::StackName}", "DEBUG=true", "EMPTY=", "LIMIT=12345678901234567", "NAME=Shop-shop", "TABLE=orders",
	}
	n := len(got) - 1
	if n < 0 || !slices.Equal(got[:n], want) || !strings.HasPrefix(got[n], discoveryInfo+"=") {
		t.Errorf("the variables are %q, want %q and that of the stack", got, want)
	}
}
