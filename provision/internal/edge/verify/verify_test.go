package verify

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/cloudfront"
	"github.com/go-sparta/sparta/sparta"
)

const functionARN = "arn:aws:lambda:us-east-1:123456789012:function:"

const distributionConfig = `<DistributionConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">
	<CallerReference>1</CallerReference>
	<DefaultCacheBehavior><LambdaFunctionAssociations><Quantity>2</Quantity><Items>
	<LambdaFunctionAssociation><LambdaFunctionARN>` + functionARN + `Theirs:7</LambdaFunctionARN>
	<EventType>viewer-response</EventType></LambdaFunctionAssociation>
	<LambdaFunctionAssociation><LambdaFunctionARN>` + functionARN + `Shop-old:1</LambdaFunctionARN>
	<EventType>origin-request</EventType></LambdaFunctionAssociation>
	</Items></LambdaFunctionAssociations></DefaultCacheBehavior>
	<CacheBehaviors><Quantity>1</Quantity><Items><CacheBehavior><PathPattern>api/*</PathPattern>
	<FunctionAssociations><Quantity>1</Quantity><Items><FunctionAssociation><FunctionARN>Small</FunctionARN>
	<EventType>viewer-response</EventType></FunctionAssociation></Items></FunctionAssociations>
	</CacheBehavior></Items></CacheBehaviors></DistributionConfig>`

// newServer is CloudFront with one distribution, E1EXAMPLE.
func newServer(t *testing.T) (client cloudfront.Client, requests *int) {
	t.Helper()
	requests = new(int)
	refuse := func(w http.ResponseWriter, status int, code string) {
		w.WriteHeader(status)
		fmt.Fprintf(w, `<ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error>`+
			`<Type>Sender</Type><Code>%s</Code><Message>No.</Message></Error></ErrorResponse>`, code)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*requests++
		switch r.URL.Path {
		case "/2020-05-31/distribution/E1EXAMPLE/config":
			fmt.Fprint(w, distributionConfig)
		case "/2020-05-31/distribution/EFOREIGN/config":
			refuse(w, http.StatusForbidden, "AccessDenied")
		default:
			refuse(w, http.StatusNotFound, "NoSuchDistribution")
		}
	}))
	t.Cleanup(server.Close)
	return cloudfront.Client{Config: aws.Config{
		BaseEndpoint: &server.URL,
		HTTPClient:   server.Client(),
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "AKIA", SecretAccessKey: "secret"}, nil
		}),
	}}, requests
}

func TestExistingDistributionsAreVerified(t *testing.T) {
	at := func(event, distribution, pattern string) sparta.EdgeAssociation {
		return sparta.EdgeAssociation{EventType: event, Distribution: distribution, PathPattern: pattern}
	}
	for name, test := range map[string]struct {
		associations []sparta.EdgeAssociation
		want         string // empty means that there is no error
		requests     int
	}{
		"free places": {
			[]sparta.EdgeAssociation{
				at("viewer-request", "E1EXAMPLE", ""), at("origin-request", "E1EXAMPLE", "/api/*"),
			}, "", 1,
		},
		"a place of the stack's own function": {
			[]sparta.EdgeAssociation{at("origin-request", "E1EXAMPLE", "")}, "", 1,
		},
		"distributions of the template": {
			[]sparta.EdgeAssociation{
				{EventType: "viewer-request"},
				{EventType: "viewer-request", Distribution: cloudformation.Ref("Cdn")},
			}, "", 0,
		},
		"another function's place": {
			[]sparta.EdgeAssociation{at("viewer-response", "E1EXAMPLE", "")},
			"function route: EdgeAssociations: distribution E1EXAMPLE already runs " + functionARN +
				"Theirs:7 for viewer-response events of the cache behavior (default), and CloudFront allows only one " +
				"function: remove one of the two", 1,
		},
		"a CloudFront Function's behavior": {
			[]sparta.EdgeAssociation{at("viewer-request", "E1EXAMPLE", "/api/*")},
			"runs the CloudFront Function Small for viewer-response events of the cache behavior /api/*, which", 1,
		},
		"no such behavior": {
			[]sparta.EdgeAssociation{at("viewer-request", "E1EXAMPLE", "/img/*")},
			`distribution E1EXAMPLE has no cache behavior for the PathPattern "/img/*": use one of those that it has ` +
				"(api/*), or none", 1,
		},
		"no such distribution": {
			[]sparta.EdgeAssociation{at("viewer-request", "E2EXAMPLE", "")},
			"distribution E2EXAMPLE does not exist: use the ID of a distribution of this account", 1,
		},
		"a distribution that may not be read": {
			[]sparta.EdgeAssociation{at("viewer-request", "EFOREIGN", "")},
			"cloudfront:GetDistributionConfig is denied", 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			client, requests := newServer(t)
			info := sparta.HandleAWSLambda("route", func() {}, sparta.IAMRoleDefinition{})
			info.Options = &sparta.LambdaFunctionOptions{Edge: true, EdgeAssociations: test.associations}
			without := sparta.HandleAWSLambda("other", func() {}, sparta.IAMRoleDefinition{})
			err := Distributions(t.Context(), client, []*sparta.LambdaAWSInfo{without, info}, "Shop")
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\nwant %s", err, test.want)
			}
			if *requests != test.requests {
				t.Errorf("%d requests, want %d", *requests, test.requests)
			}
		})
	}
}
