package template

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// shop is a service with functions of many kinds, before it is edited.
type shop struct {
	service                Service
	orders, audit, reports *sparta.LambdaAWSInfo
	pkg                    Package
	code                   Code
	resources              func() *cloudformation.Template // of a hook, before the functions
}

func snsTopic(arn any) sparta.SNSPermission {
	return sparta.SNSPermission{BasePermission: sparta.BasePermission{SourceArn: arn}}
}

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{pkg: testPackage, code: testCode, resources: func() *cloudformation.Template {
		template := withResources()
		template.Resources["Bucket"] = &cloudformation.Resource{
			Type: "AWS::S3::Bucket", Properties: map[string]any{"BucketName": "shop-uploads"},
		}
		return template
	}}
	s.orders = testFunction("orders", sparta.IAMRoleDefinition{Privileges: []sparta.IAMRolePrivilege{
		{Actions: []string{"sqs:SendMessage"}, Resource: cloudformation.GetAtt{"Queue", "Arn"}},
	}}, func(o *sparta.LambdaFunctionOptions) {
		o.Alias = "live"
		o.Environment = map[string]any{"AUDIT": cloudformation.GetAtt{"AuditFunction", "Arn"}, "LEVEL": "1"}
	})
	s.orders.Permissions = []sparta.LambdaPermissionExporter{
		snsTopic(cloudformation.Ref("Topic")), snsTopic("arn:aws:sns:us-east-1:123456789012:refunds"),
		sparta.LambdaPermission{Principal: "iot.amazonaws.com"},
	}
	s.orders.EventSourceMappings = []*sparta.EventSourceMapping{
		{EventSourceArn: cloudformation.GetAtt{"Queue", "Arn"}, BatchSize: 5},
		{EventSourceArn: "arn:aws:kinesis:us-east-1:123456789012:stream/clicks", StartingPosition: "LATEST"},
	}
	s.audit = testFunction("audit", ownRole(), nil)
	s.audit.Permissions = []sparta.LambdaPermissionExporter{
		sparta.S3Permission{
			BasePermission: sparta.BasePermission{SourceArn: cloudformation.GetAtt{"Bucket", "Arn"}},
			Events:         []string{"s3:ObjectCreated:*"},
		},
		sparta.CloudWatchEventsPermission{Rules: map[string]sparta.CloudWatchEventsRule{
			"nightly": {ScheduleExpression: "cron(0 3 * * ? *)"}, "hourly": {ScheduleExpression: "rate(1 hour)"},
		}},
	}
	s.reports = testFunction("reports", ownRole(), nil)
	s.reports.DependsOn = []string{"Queue", "audit"}
	s.reports.Permissions = []sparta.LambdaPermissionExporter{sparta.SchedulerPermission{
		Schedules: map[string]sparta.SchedulerSchedule{"monthly": {ScheduleExpression: "rate(30 days)"}},
	}}
	if _, err := s.reports.RequireCustomResource(ownRole(), makeThing, nil, map[string]any{"Size": 1}); err != nil {
		t.Fatal(err)
	}
	api := sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
	addMethod(api, "GET", "/orders", s.orders)
	s.service = apiService(api, s.orders, s.audit, s.reports)
	return s
}

func (s *shop) render(t *testing.T) map[string]string {
	t.Helper()
	return resourcesOf(t, templateCase{before: s.resources, service: s.service, pkg: s.pkg, code: s.code})
}

// remove takes a function out of the service.
func (s *shop) remove(info *sparta.LambdaAWSInfo) {
	is := func(f *sparta.LambdaAWSInfo) bool { return f == info }
	s.service.Functions = slices.DeleteFunc(s.service.Functions, is)
}

func TestNamesThatMayChange(t *testing.T) {
	const advice = "has the name of a function literal, which may change when the code around it does"
	for name, want := range map[string]bool{
		"": true, "main.func1": true, "main.run.func2.1": true, "func1": true, "function1": false, "myfunc1": false,
		"func_a": false,
	} {
		info := sparta.HandleAWSLambda(name, func() {}, ownRole()) // a literal
		notes := strings.Join(Notes([]*sparta.LambdaAWSInfo{info}), "\n")
		if strings.Contains(notes, "function "+info.Name()+" "+advice) != want {
			t.Errorf("%q (%s) has the notes %q", name, info.Name(), notes)
		}
	}
}

var versionSum = regexp.MustCompile(`^(\w+Version)[0-9a-f]{12}$`)

// An edit of a service changes what belongs to it, and nothing else.
func TestEditsOfAServiceChangeNothingElse(t *testing.T) {
	newVersion := []string{"+ OrdersVersion", "- OrdersVersion", "~ OrdersAlias", "~ OrdersFunction"}
	for name, test := range map[string]struct {
		edit func(*shop)
		want []string
	}{
		"nothing": {func(*shop) {}, nil},
		"another order of everything": {func(s *shop) {
			slices.Reverse(s.service.Functions)
			for _, info := range s.service.Functions {
				slices.Reverse(info.Permissions)
				slices.Reverse(info.EventSourceMappings)
				slices.Reverse(info.DependsOn)
			}
		}, nil},
		"a function more": {func(s *shop) {
			s.service.Functions = slices.Insert(s.service.Functions, 0, testFunction("returns", ownRole(), nil))
		}, []string{"+ ReturnsFunction", "+ ReturnsLogGroup", "+ ReturnsRole"}},
		"a function less": {func(s *shop) { s.remove(s.reports) }, []string{
			"- ReportsFunction", "- ReportsLogGroup", "- ReportsMonthlySchedule", "- ReportsRole",
			"- ReportsSchedulerRole",
			"- ReportsTemplateMakeThingResource", "- TemplateMakeThingFunction", "- TemplateMakeThingLogGroup",
			"- TemplateMakeThingRole",
		}},
		"the name of the Go function": {func(s *shop) {
			renamed := sparta.HandleAWSLambda("audit", func() error { return nil }, ownRole())
			renamed.Permissions = s.audit.Permissions
			s.service.Functions[1] = renamed
		}, nil},
		"code only": {func(s *shop) {
			s.pkg.SHA256 = strings.Repeat("f", 64)
			s.code.Key = "Hello/" + s.pkg.SHA256 + ".zip"
		}, append([]string{
			"~ AuditFunction", "~ ReportsFunction", "~ TemplateMakeThingFunction",
		}, newVersion...)},
		"another bucket for packages": {func(s *shop) { s.code.Bucket = "other" }, []string{
			"~ AuditFunction", "~ OrdersFunction", "~ ReportsFunction", "~ TemplateMakeThingFunction",
		}},
		"more memory": {func(s *shop) { s.audit.Options.MemorySize = 512 }, []string{"~ AuditFunction"}},
		"more memory for a function with an alias": {
			func(s *shop) { s.orders.Options.MemorySize = 512 }, newVersion,
		},
		"a variable": {func(s *shop) { s.audit.Options.Environment = map[string]any{"SIZE": "1"} }, []string{
			"~ AuditFunction",
		}},
		"a tag": {func(s *shop) { s.orders.Options.Tags = map[string]string{"team": "blue"} }, []string{
			"~ OrdersFunction",
		}},
		"the function's description": {func(s *shop) { s.audit.Options.Description = "x" }, []string{
			"~ AuditFunction",
		}},
		"the service's description": {func(s *shop) { s.service.Description = "x" }, nil},
		"another retention of logs": {func(s *shop) { s.audit.Options.LogRetention = 7 }, []string{"~ AuditLogGroup"}},
		"a privilege": {func(s *shop) {
			s.audit.RoleDefinition.Privileges = []sparta.IAMRolePrivilege{
				{Actions: []string{"s3:GetObject"}, Resource: "*"},
			}
		}, []string{"~ AuditRole"}},
		"an alias": {func(s *shop) { s.audit.Options.Alias = "live" }, []string{
			"+ AuditAlias", "+ AuditVersion", "~ AuditHourlyRule", "~ AuditHourlyRulePermission", "~ AuditNightlyRule",
			"~ AuditNightlyRulePermission", "~ AuditS3BucketPermission", "~ Bucket",
		}},
		"a source": {func(s *shop) {
			more := snsTopic("arn:aws:sns:us-east-1:123456789012:new")
			s.orders.Permissions = append([]sparta.LambdaPermissionExporter{more}, s.orders.Permissions...)
		}, []string{"+ OrdersSNSNew96dbae1ePermission", "+ OrdersSNSNew96dbae1eSubscription"}},
		"a source less": {func(s *shop) { s.orders.Permissions = s.orders.Permissions[1:] }, []string{
			"- OrdersSNSTopicPermission", "- OrdersSNSTopicSubscription",
		}},
		"a mapping less": {func(s *shop) {
			s.orders.EventSourceMappings = s.orders.EventSourceMappings[1:]
		}, []string{"- OrdersQueueMapping", "~ OrdersRole"}},
		"a setting of a mapping": {func(s *shop) { s.orders.EventSourceMappings[0].BatchSize = 7 }, []string{
			"~ OrdersQueueMapping",
		}},
		"another schedule": {func(s *shop) {
			s.audit.Permissions[1].(sparta.CloudWatchEventsPermission).Rules["nightly"] = sparta.CloudWatchEventsRule{
				ScheduleExpression: "cron(0 4 * * ? *)",
			}
		}, []string{"~ AuditNightlyRule"}},
		"a dependency": {func(s *shop) { s.reports.DependsOn = append(s.reports.DependsOn, "Topic") }, []string{
			"~ ReportsFunction",
		}},
		"a property of a custom resource": {func(s *shop) {
			s.reports.CustomResources()[0].Properties["Size"] = 2
		}, []string{"~ ReportsTemplateMakeThingResource"}},
		"a route of the API": {func(s *shop) { addMethod(s.service.API, "GET", "/items", s.orders) }, []string{
			"+ APIGatewayDeployment", "+ APIGatewayMethodGETItems", "+ APIGatewayResourceItems",
			"- APIGatewayDeployment", "~ APIGatewayStage",
		}},
		"a resource of a hook": {func(s *shop) {
			before := s.resources
			s.resources = func() *cloudformation.Template {
				template := before()
				template.Resources["More"] = &cloudformation.Resource{Type: "AWS::SQS::Queue"}
				return template
			}
		}, []string{"+ More"}},
	} {
		t.Run(name, func(t *testing.T) {
			edited := newShop(t)
			test.edit(edited)
			var got []string
			for _, change := range differences(newShop(t).render(t), edited.render(t)) {
				sign, id, _ := strings.Cut(change, " ")
				got = append(got, sign+" "+versionSum.ReplaceAllString(id, "$1"))
			}
			checkChanges(t, got, test.want)
		})
	}
}
