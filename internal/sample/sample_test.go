package sample

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/cloudfront"
	"github.com/go-sparta/sparta/sparta"
)

// shop is a service with a source of each kind that its functions can have.
func shop(t *testing.T) *sparta.ServiceDescription {
	t.Helper()
	work := sparta.HandleAWSLambda("work", func() {}, sparta.IAMRoleDefinition{})
	other := sparta.HandleAWSLambda("other", func() {}, sparta.IAMRoleDefinition{})
	work.EventSourceMappings = []*sparta.EventSourceMapping{
		{EventSourceArn: cloudformation.GetAtt{"Jobs", "Arn"}},
		{EventSourceArn: cloudformation.GetAtt{"Orders", "StreamArn"}, StartingPosition: "LATEST"},
		{EventSourceArn: cloudformation.GetAtt{"Clicks", "Arn"}, StartingPosition: "LATEST"},
		{EventSourceArn: cloudformation.Ref("Cluster"), Topics: []string{"paid"}, StartingPosition: "LATEST"},
		{
			SelfManagedEventSource: &sparta.EventSourceSelfManaged{Endpoints: sparta.EventSourceEndpoints{
				KafkaBootstrapServers: []string{"kafka.shop.example.com:9092"},
			}},
			Topics: []string{"sent"}, StartingPosition: "LATEST",
		},
		{
			EventSourceArn: cloudformation.GetAtt{"Broker", "Arn"}, Queues: []string{"mails"},
			SourceAccessConfigurations: []sparta.EventSourceAccessConfiguration{{Type: "VIRTUAL_HOST", URI: "/shop"}},
		},
		{
			EventSourceArn: cloudformation.Sub(
				"arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:docs"),
			DocumentDBEventSourceConfig: &sparta.EventSourceDocumentDBConfig{
				DatabaseName: "store", CollectionName: "carts",
			},
		},
	}
	work.Permissions = []sparta.LambdaPermissionExporter{
		sparta.SNSPermission{BasePermission: sparta.BasePermission{SourceArn: cloudformation.Ref("News")}},
		sparta.LambdaPermission{
			BasePermission: sparta.BasePermission{
				SourceArn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_mine",
			},
			Principal: "cognito-idp.amazonaws.com",
		},
		sparta.CloudWatchEventsPermission{Rules: map[string]sparta.CloudWatchEventsRule{
			"stopped": {EventPattern: map[string]any{"source": []string{"aws.ec2"}, "detail-type": []string{"State"}}},
			"weekly":  {ScheduleExpression: "rate(7 days)"},
		}},
		sparta.CodeCommitPermission{RepositoryName: "tools", Branches: []string{"release"}},
		sparta.CloudWatchLogsPermission{Filters: map[string]sparta.CloudWatchLogsSubscriptionFilter{
			"errors": {LogGroupName: "/shop/access"},
		}},
		sparta.SchedulerPermission{Schedules: map[string]sparta.SchedulerSchedule{
			"report": {ScheduleExpression: "rate(1 day)"},
		}},
		sparta.LambdaPermission{Principal: "alexa-appkit.amazon.com", EventSourceToken: "amzn1.ask.skill.mine"},
	}
	work.Options = &sparta.LambdaFunctionOptions{Edge: true, EdgeAssociations: []sparta.EdgeAssociation{
		{EventType: "viewer-request", Distribution: "E1EXAMPLE", IncludeBody: true},
		{EventType: "origin-request", PathPattern: "a/*"},
	}}
	other.EventSourceMappings = []*sparta.EventSourceMapping{
		{EventSourceArn: "arn:aws:sqs:eu-west-1:210987654321:others"},
	}
	description, err := sparta.NewServiceDescription("Shop", "", []*sparta.LambdaAWSInfo{other, work}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return description
}

// Each sample has the shape that aws-lambda-go decodes, with nothing that it does not know, and names that the service
// gives its resources.
func TestSamplesHaveAWSsShapesAndTheServicesNames(t *testing.T) {
	tests := map[string]struct {
		shape any // nil: aws-lambda-go has none that is complete
		names []string
	}{
		"activemq":        {events.ActiveMQEvent{}, []string{"broker:Shop-Broker", `"physicalName":"mails"`}},
		"alb":             {events.ALBTargetGroupRequest{}, nil},
		"alexa":           {nil, []string{"amzn1.ask.skill.mine"}},
		"codecommit":      {events.CloudWatchEvent{}, []string{`"repositoryName":"tools"`, `"refs/heads/release"`}},
		"cognito":         {events.CognitoEventUserPoolsPreSignup{}, []string{"us-east-1_mine"}},
		"config":          {events.ConfigEvent{}, nil},
		"documentdb":      {nil, []string{"cluster:docs", `"db":"store"`, `"coll":"carts"`}},
		"dynamodb":        {events.DynamoDBEvent{}, []string{"table/Shop-Orders/stream/"}},
		"eventbridge":     {events.CloudWatchEvent{}, []string{`"source":"aws.ec2"`, `"detail-type":"State"`}},
		"http-api":        {events.APIGatewayV2HTTPRequest{}, []string{`"rawPath":"/orders"`}},
		"iot":             {nil, nil},
		"kafka":           {events.KafkaEvent{}, []string{`"sent-0"`, "kafka.shop.example.com:9092"}},
		"kinesis":         {events.KinesisEvent{}, []string{"stream/Shop-Clicks"}},
		"lex":             {nil, nil},
		"logs":            {events.CloudwatchLogsEvent{}, nil},
		"origin-request":  {nil, []string{`"domainName":"shop-s3site.s3.us-east-1.amazonaws.com"`, `"uri":"/a/1"`}},
		"origin-response": {nil, []string{`"domainName":"example.org"`, `"status":"200"`}},
		"viewer-request":  {nil, []string{`"distributionId":"E1EXAMPLE"`, `"data":"eyJvcmRlciI6IDF9"`}},
		"viewer-response": {nil, []string{`"distributionId":"EDFDVBD6EXAMPLE"`, `"uri":"/orders/1"`}},
		"msk":             {events.KafkaEvent{}, []string{`"paid-0"`, "cluster/Shop-Cluster"}},
		"rabbitmq":        {events.RabbitMQEvent{}, []string{"broker:Shop-Broker", `"mails::/shop"`}},
		"rest-api":        {events.APIGatewayProxyRequest{}, []string{`"resource":"/orders"`}},
		"s3":              {events.S3Event{}, nil},
		"schedule":        {events.CloudWatchEvent{}, []string{"rule/weekly"}},
		"scheduler":       {events.CloudWatchEvent{}, []string{"schedule/default/report"}},
		"ses":             {events.SimpleEmailEvent{}, []string{"function:Shop-work"}},
		"sns":             {events.SNSEvent{}, []string{`"TopicArn":"arn:aws:sns:us-east-1:123456789012:Shop-News"`}},
		"sqs":             {events.SQSEvent{}, []string{"arn:aws:sqs:us-east-1:123456789012:Shop-Jobs"}},
	}
	for _, name := range Names() {
		test, ok := tests[name]
		t.Run(name, func(t *testing.T) {
			if !ok {
				t.Fatal("the table lacks this sample: add it")
			}
			text, err := Event(name, shop(t), "work")
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range test.names {
				if !strings.Contains(string(text), want) {
					t.Errorf("the event lacks %s:\n%s", want, text)
				}
			}
			if test.shape == nil {
				return
			}
			value := reflect.New(reflect.TypeOf(test.shape))
			decoder := json.NewDecoder(bytes.NewReader(text))
			decoder.DisallowUnknownFields()
			if err := decoder.Decode(value.Interface()); err != nil {
				t.Errorf("%v:\n%s", err, text)
			}
		})
	}
	if len(tests) != len(Names()) {
		t.Errorf("the table has %d samples, and there are %d", len(tests), len(Names()))
	}
}

// A request is one to the function's own route, so that it does not answer that there is none.
func TestRequestsAreToARouteOfTheFunction(t *testing.T) {
	work, other := sparta.HandleAWSLambda("work", func() {}, sparta.IAMRoleDefinition{}),
		sparta.HandleAWSLambda("other", func() {}, sparta.IAMRoleDefinition{})
	functions := []*sparta.LambdaAWSInfo{work, other}
	description, err := sparta.NewServiceDescription("Shop", "", functions, nil)
	if err != nil {
		t.Fatal(err)
	}
	http := sparta.NewHTTPAPI("Shop", nil)
	http.NewRoute("GET /a", other)
	http.NewRoute("PUT /orders/{id}/{rest+}", work)
	rest := sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
	resource, err := rest.NewResource("/orders/{id}", work)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := resource.NewMethod("ANY", 200); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		sample string
		api    *sparta.API
		want   []string
	}{
		{"http-api", http, []string{
			`"routeKey":"PUT /orders/{id}/{rest+}"`, `"rawPath":"/orders/id/rest"`, `"method":"PUT"`,
			`"pathParameters":{"id":"id","rest":"rest"}`, `"body":"{}"`,
		}},
		{"rest-api", rest, []string{
			`"path":"/orders/id"`, `"resource":"/orders/{id}"`, `"httpMethod":"GET"`, `"pathParameters":{"id":"id"}`,
		}},
		{"rest-api", nil, []string{`"path":"/orders"`, `"pathParameters":null`, `"body":null`}},
	} {
		description.API = test.api
		text, err := Event(test.sample, description, "work")
		for _, want := range test.want {
			if err != nil || !strings.Contains(string(text), want) {
				t.Errorf("%s: error %v, event %s, want %s", test.sample, err, text, want)
			}
		}
	}
}

// The resources of the chosen function come first.
func TestSamplesHaveTheResourcesOfTheFunction(t *testing.T) {
	for function, want := range map[string]string{
		"other": "arn:aws:sqs:eu-west-1:210987654321:others", "work": "Shop-Jobs", "": "others", "unknown": "others",
	} {
		text, err := Event("sqs", shop(t), function)
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("function %q: error %v, event %s, want %s in it", function, err, text, want)
		}
	}
	text, err := Event("sns", shop(t), "other") // which has none
	if err != nil || !strings.Contains(string(text), "Shop-News") {
		t.Errorf("error %v, event %s, want the service's topic", err, text)
	}
}

func TestTheLogsOfTheSampleCanBeRead(t *testing.T) {
	text, err := Event("logs", shop(t), "work")
	if err != nil {
		t.Fatal(err)
	}
	var event events.CloudwatchLogsEvent
	if err := json.Unmarshal(text, &event); err != nil {
		t.Fatal(err)
	}
	lines, err := event.AWSLogs.Parse()
	if err != nil || len(lines.LogEvents) != 2 || lines.LogGroup != "/shop/access" ||
		lines.SubscriptionFilters[0] != "errors" {
		t.Errorf("error %v, lines %+v", err, lines)
	}
}

// Functions for edge locations have types of their own.
func TestSamplesOfCloudFrontAreItsEvents(t *testing.T) {
	for name, event := range map[string]any{
		"viewer-request": &cloudfront.ViewerRequestEvent{}, "origin-request": &cloudfront.OriginRequestEvent{},
		"origin-response": &cloudfront.OriginResponseEvent{}, "viewer-response": &cloudfront.ViewerResponseEvent{},
	} {
		text, err := Event(name, shop(t), "work")
		if err == nil {
			err = json.Unmarshal(text, event)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestUnknownSamples(t *testing.T) {
	for name, want := range map[string]string{
		"sqz": `no sample event "sqz": did you mean sqs? use one of activemq, `, "": `no sample event ""`,
	} {
		_, err := Event(name, shop(t), "")
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "kinesis") {
			t.Errorf("error is %v, want %s and the names", err, want)
		}
	}
}
