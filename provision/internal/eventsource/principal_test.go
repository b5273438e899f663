package eventsource

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

func permission(principal string, source any, change func(*sparta.LambdaPermission)) sparta.LambdaPermission {
	made := sparta.LambdaPermission{Principal: principal, BasePermission: sparta.BasePermission{SourceArn: source}}
	if change != nil {
		change(&made)
	}
	return made
}

// TestPrincipals checks the logical IDs and the properties of what services need.
func TestPrincipals(t *testing.T) {
	tests := map[string]struct {
		permission sparta.LambdaPermission
		id, want   string // the properties besides Action and FunctionName
	}{
		"a Cognito user pool": {
			permission("cognito-idp.amazonaws.com",
				"arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a", nil),
			"CognitoIdpUseast1a", `{"Principal":"cognito-idp.amazonaws.com",` +
				`"SourceArn":"arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a"}`,
		},
		"a user pool of the stack": {
			permission("cognito-idp.amazonaws.com", cloudformation.GetAtt{"Users", "Arn"}, nil),
			"CognitoIdpUsers", `{"Principal":"cognito-idp.amazonaws.com","SourceArn":{"Fn::GetAtt":["Users","Arn"]}}`,
		},
		"a Cognito identity pool's stream": {
			permission("cognito-sync.amazonaws.com", nil, nil),
			"CognitoSync", `{"Principal":"cognito-sync.amazonaws.com"}`,
		},
		"an Alexa skill": {
			permission("alexa-appkit.amazon.com", nil, func(p *sparta.LambdaPermission) {
				p.EventSourceToken = "amzn1.ask.skill.12345678-1234"
			}),
			"AlexaAppkitAmzn1AskSkill123456781234",
			`{"EventSourceToken":"amzn1.ask.skill.12345678-1234","Principal":"alexa-appkit.amazon.com"}`,
		},
		"an Alexa smart home skill": {
			permission("alexa-connectedhome.amazon.com", nil, func(p *sparta.LambdaPermission) {
				p.EventSourceToken = "amzn1.ask.skill.1"
			}),
			"AlexaConnectedhomeAmzn1AskSkill1",
			`{"EventSourceToken":"amzn1.ask.skill.1","Principal":"alexa-connectedhome.amazon.com"}`,
		},
		"a rule of IoT": {
			permission("iot.amazonaws.com", "arn:aws:iot:us-east-1:123456789012:rule/doors", nil),
			"IotDoors", `{"Principal":"iot.amazonaws.com","SourceArn":"arn:aws:iot:us-east-1:123456789012:rule/doors"}`,
		},
		"rules of Config": {
			permission("config.amazonaws.com", nil, func(p *sparta.LambdaPermission) {
				p.SourceAccount = "123456789012"
			}),
			"Config", `{"Principal":"config.amazonaws.com","SourceAccount":"123456789012"}`,
		},
		"a bot of Lex": {
			permission("lexv2.amazonaws.com", "arn:aws:lex:us-east-1:123456789012:bot-alias/A/B", nil),
			"Lexv2A",
			`{"Principal":"lexv2.amazonaws.com","SourceArn":"arn:aws:lex:us-east-1:123456789012:bot-alias/A/B"}`,
		},
		"a load balancer": {
			permission("elasticloadbalancing.amazonaws.com",
				"arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1", nil),
			"ElasticloadbalancingWeb", `{"Principal":"elasticloadbalancing.amazonaws.com",` +
				`"SourceArn":"arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1"}`,
		},
		"an account": {permission("123456789012", nil, nil), "Account123456789012", `{"Principal":"123456789012"}`},
		"a role": {
			permission("arn:aws:iam::123456789012:role/caller", nil, nil),
			"Caller", `{"Principal":"arn:aws:iam::123456789012:role/caller"}`,
		},
		"an organization": {
			permission("*", nil, func(p *sparta.LambdaPermission) { p.PrincipalOrgID = "o-a1b2c3d4e5" }),
			"OrganizationOA1b2c3d4e5", `{"Principal":"*","PrincipalOrgID":"o-a1b2c3d4e5"}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			info := sparta.HandleAWSLambda("hello", func() {}, sparta.IAMRoleDefinition{})
			info.Permissions = one(test.permission)
			if err := sparta.Validate("Test", []*sparta.LambdaAWSInfo{info}); err != nil {
				t.Fatal(err)
			}
			template := cloudformation.NewTemplate("")
			if _, err := AddTo(template, info, Target{ID: "Hello"}); err != nil {
				t.Fatal(err)
			}
			ids := slices.Collect(maps.Keys(template.Resources))
			// A hash follows the name of an ARN.
			if len(ids) != 1 || !strings.HasPrefix(ids[0], "Hello"+test.id) ||
				!strings.HasSuffix(ids[0], "Permission") || len(ids[0]) > len("HelloPermission")+len(test.id)+8 {
				t.Fatalf("the template has %v, want Hello%s…Permission", ids, test.id)
			}
			properties := template.Resources[ids[0]].Properties
			if properties["Action"] != "lambda:InvokeFunction" {
				t.Errorf("the action is %s", properties["Action"])
			}
			delete(properties, "Action")
			delete(properties, "FunctionName")
			if got, err := json.Marshal(properties); err != nil || string(got) != test.want {
				t.Errorf("the properties are %s (error: %v)\nwant %s", got, err, test.want)
			}
		})
	}
}

func TestServicesThatAreRefused(t *testing.T) {
	with := func(principal string, change func(*sparta.LambdaPermission)) []sparta.LambdaPermissionExporter {
		return one(permission(principal, nil, change))
	}
	refusals{
		"no principal": {with("", nil), "the principal is missing: set Principal to a service"},
		"a word":       {with("cognito", nil), `the principal "cognito" is invalid`},
		"everybody":    {with("*", nil), "the principal * lets anybody invoke the function: set PrincipalOrgID"},
		"four digits":  {with("1234", nil), `the principal "1234" is invalid`},
		"a service in an organization": {
			with("iot.amazonaws.com", func(p *sparta.LambdaPermission) { p.PrincipalOrgID = "o-a1b2c3d4e5" }),
			"PrincipalOrgID o-a1b2c3d4e5 is for accounts, not for the service iot.amazonaws.com",
		},
		"a misspelt organization": {
			with("*", func(p *sparta.LambdaPermission) { p.PrincipalOrgID = "123456789012" }),
			`PrincipalOrgID "123456789012" is invalid: use an organization's ID`,
		},
		"a token for another service": {
			with("iot.amazonaws.com", func(p *sparta.LambdaPermission) { p.EventSourceToken = "amzn1.ask.skill.1" }),
			"EventSourceToken is for Alexa, not for iot.amazonaws.com",
		},
		"a token with spaces": {
			with("alexa-appkit.amazon.com", func(p *sparta.LambdaPermission) { p.EventSourceToken = "my skill" }),
			`EventSourceToken "my skill" is invalid`,
		},
		"a short account": {
			with("config.amazonaws.com", func(p *sparta.LambdaPermission) { p.SourceAccount = "12" }),
			`SourceAccount "12" is invalid`,
		},
		"a source that is a number": {
			one(permission("iot.amazonaws.com", 5, nil)), "SourceArn of type int is invalid",
		},
		"a service twice": {
			append(with("iot.amazonaws.com", nil), with("iot.amazonaws.com", nil)...),
			"two LambdaPermissions let iot.amazonaws.com invoke the function in the same way",
		},
	}.test(t)
}

// TestSettingsAreCheckedWithoutATemplate, including those of functions that sparta.Validate has not checked.
func TestSettingsAreCheckedWithoutATemplate(t *testing.T) {
	info := sparta.HandleAWSLambda("hello", func() {}, sparta.IAMRoleDefinition{})
	info.Permissions = []sparta.LambdaPermissionExporter{
		nil, &sparta.SNSPermission{},
		sparta.EventBridgePermission{},
		sparta.SNSPermission{RawMessageDelivery: true},
		sparta.LambdaPermission{Principal: "*"},
		sparta.SchedulerPermission{Schedules: map[string]sparta.SchedulerSchedule{
			"past": {ScheduleExpression: "at(2030-01-01T00:00:00)"},
		}},
	}
	before, after := time.Date(2029, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)
	err := CheckSettings(info, after)
	for _, want := range []string{
		"function hello: RawMessageDelivery is for queues", "the principal * lets anybody",
		`schedule "past": ScheduleExpression at(2030-01-01T00:00:00) never fires after 2031-01-01T00:00:00Z`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %s", err, want)
		}
	}
	if err := CheckSettings(info, before); err == nil || strings.Contains(err.Error(), "never fires") {
		t.Errorf("before the time, the error is %v", err)
	}
}
