package versions

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"github.com/aws/smithy-go"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/cloudfront"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// fake is Lambda with one function, whose versions 1 to newest the stack S has published.
type fake struct {
	newest  int
	foreign []int // versions that something else has published
	aliases []lambdatypes.AliasConfiguration
	ready   []string // ARNs with provisioned concurrency
	mapped  []string // ARNs with event source mappings
	allowed []string // versions with a policy
	faults  map[string]error

	mutex   sync.Mutex
	calls   []string
	deleted []string
}

func (f *fake) called(operation string) error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.calls = append(f.calls, operation)
	return f.faults[operation]
}

func arnOf(version int) string {
	return fmt.Sprintf("arn:aws:lambda:us-east-1:123456789012:function:S-f:%d", version)
}

// page returns the entry that a marker names, and the next marker: each page has one entry.
func page[T any](all []T, marker *string) ([]T, *string) {
	i, _ := strconv.Atoi(aws.ToString(marker))
	if i >= len(all) {
		return nil, nil
	}
	if i == len(all)-1 {
		return all[i:], nil
	}
	return all[i : i+1], aws.String(strconv.Itoa(i + 1))
}

func (f *fake) ListVersionsByFunction(
	_ context.Context, in *lambda.ListVersionsByFunctionInput, _ ...func(*lambda.Options),
) (*lambda.ListVersionsByFunctionOutput, error) {
	versions := []lambdatypes.FunctionConfiguration{{Version: aws.String("$LATEST")}}
	for number := 1; number <= f.newest; number++ {
		description := "Says hello " + template.PublishedBy("S")
		if slices.Contains(f.foreign, number) {
			description = template.PublishedBy("S") + " by hand"
		}
		versions = append(versions, lambdatypes.FunctionConfiguration{
			Version:     aws.String(strconv.Itoa(number)),
			FunctionArn: aws.String(arnOf(number)),
			Description: &description,
		})
	}
	listed, next := page(versions, in.Marker)
	return &lambda.ListVersionsByFunctionOutput{Versions: listed, NextMarker: next}, f.called("ListVersionsByFunction")
}

func (f *fake) ListAliases(
	_ context.Context, in *lambda.ListAliasesInput, _ ...func(*lambda.Options),
) (*lambda.ListAliasesOutput, error) {
	listed, next := page(f.aliases, in.Marker)
	return &lambda.ListAliasesOutput{Aliases: listed, NextMarker: next}, f.called("ListAliases")
}

func (f *fake) ListProvisionedConcurrencyConfigs(
	_ context.Context, in *lambda.ListProvisionedConcurrencyConfigsInput, _ ...func(*lambda.Options),
) (*lambda.ListProvisionedConcurrencyConfigsOutput, error) {
	listed, next := page(f.ready, in.Marker)
	answer := &lambda.ListProvisionedConcurrencyConfigsOutput{NextMarker: next}
	for _, arn := range listed {
		answer.ProvisionedConcurrencyConfigs = append(answer.ProvisionedConcurrencyConfigs,
			lambdatypes.ProvisionedConcurrencyConfigListItem{FunctionArn: &arn})
	}
	return answer, f.called("ListProvisionedConcurrencyConfigs")
}

func (f *fake) ListEventSourceMappings(
	_ context.Context, in *lambda.ListEventSourceMappingsInput, _ ...func(*lambda.Options),
) (*lambda.ListEventSourceMappingsOutput, error) {
	if in.FunctionName != nil {
		return nil, errors.New("asked by name, Lambda leaves out the mappings of versions")
	}
	listed, next := page(f.mapped, in.Marker)
	answer := &lambda.ListEventSourceMappingsOutput{NextMarker: next}
	for _, arn := range listed {
		answer.EventSourceMappings = append(answer.EventSourceMappings,
			lambdatypes.EventSourceMappingConfiguration{FunctionArn: &arn})
	}
	return answer, f.called("ListEventSourceMappings")
}

func (f *fake) GetPolicy(
	_ context.Context, in *lambda.GetPolicyInput, _ ...func(*lambda.Options),
) (*lambda.GetPolicyOutput, error) {
	if err := f.called("GetPolicy"); err != nil {
		return nil, err
	}
	if slices.Contains(f.allowed, *in.Qualifier) {
		return &lambda.GetPolicyOutput{Policy: aws.String("{}")}, nil
	}
	return nil, awsError("ResourceNotFoundException")
}

func (f *fake) DeleteFunction(
	_ context.Context, in *lambda.DeleteFunctionInput, _ ...func(*lambda.Options),
) (*lambda.DeleteFunctionOutput, error) {
	if in.Qualifier == nil {
		return nil, errors.New("the whole function would be deleted")
	}
	if err := f.called("DeleteFunction"); err != nil {
		return nil, err
	}
	if err := f.faults["DeleteFunction "+*in.Qualifier]; err != nil {
		return nil, err
	}
	f.deleted = append(f.deleted, *in.Qualifier)
	return &lambda.DeleteFunctionOutput{}, nil
}

func awsError(code string) error { return &smithy.GenericAPIError{Code: code, Message: "refused"} }

func newFake() *fake {
	return &fake{newest: 9, aliases: []lambdatypes.AliasConfiguration{alias("9")}, faults: map[string]error{}}
}

func alias(version string, weights ...string) lambdatypes.AliasConfiguration {
	found := lambdatypes.AliasConfiguration{FunctionVersion: &version}
	for _, other := range weights {
		found.RoutingConfig = &lambdatypes.AliasRoutingConfiguration{
			AdditionalVersionWeights: map[string]float64{other: 0.1},
		}
	}
	return found
}

func TestOldVersionsAreDeletedUnlessSomethingRefersToThem(t *testing.T) {
	denied := awsError("AccessDeniedException")
	for name, c := range map[string]struct {
		arrange func(*fake)
		want    []string // deleted
		fail    string
	}{
		"as many as are kept": {arrange: func(f *fake) { f.newest = 6 }},
		"more than are kept":  {arrange: func(*fake) {}, want: []string{"1", "2", "3"}},
		"what others published": {
			arrange: func(f *fake) { f.foreign = []int{2, 7} }, want: []string{"1"},
		},
		"those of aliases": {
			arrange: func(f *fake) { f.aliases = append(f.aliases, alias("2")) }, want: []string{"1", "3"},
		},
		"those of aliases' weights": {
			arrange: func(f *fake) { f.aliases = append(f.aliases, alias("9", "1")) }, want: []string{"2", "3"},
		},
		"that of an alias that was rolled back": {
			arrange: func(f *fake) { f.aliases[0] = alias("1") }, want: []string{"2", "3"},
		},
		"those with provisioned concurrency": {
			arrange: func(f *fake) { f.ready = []string{arnOf(8), arnOf(3)} }, want: []string{"1"},
		},
		"those with event sources": {
			arrange: func(f *fake) { f.mapped = []string{"arn:other", arnOf(2)} }, want: []string{"1", "3"},
		},
		"those that a service may invoke": {
			arrange: func(f *fake) { f.allowed = []string{"2"} }, want: []string{"1", "3"},
		},
		"those that Lambda keeps": {
			arrange: func(f *fake) { f.faults["DeleteFunction 2"] = awsError("ResourceConflictException") },
			want:    []string{"1", "3"},
		},
		"those that are replicated": {
			arrange: func(f *fake) { f.faults["DeleteFunction 2"] = awsError("InvalidParameterValueException") },
			want:    []string{"1", "3"},
		},
		"those that are deleted already": {
			arrange: func(f *fake) { f.faults["DeleteFunction 2"] = awsError("ResourceNotFoundException") },
			want:    []string{"1", "3"},
		},
		"deleting is denied": {
			arrange: func(f *fake) { f.faults["DeleteFunction"] = denied },
			fail:    "delete version 1 of S-f: lambda:DeleteFunction is denied",
		},
		"the aliases are not known": {
			arrange: func(f *fake) { f.faults["ListAliases"] = denied }, fail: "lambda:ListAliases is denied",
		},
		"the event sources are not known": {
			arrange: func(f *fake) { f.faults["ListEventSourceMappings"] = denied },
			fail:    "lambda:ListEventSourceMappings is denied",
		},
		"the concurrency is not known": {
			arrange: func(f *fake) { f.faults["ListProvisionedConcurrencyConfigs"] = denied },
			fail:    "lambda:ListProvisionedConcurrencyConfigs is denied",
		},
		"a version's policy is not known": {
			arrange: func(f *fake) { f.faults["GetPolicy"] = denied }, fail: "lambda:GetPolicy is denied",
		},
		"the versions are not known": {
			arrange: func(f *fake) { f.faults["ListVersionsByFunction"] = denied },
			fail:    "lambda:ListVersionsByFunction is denied",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			api := newFake()
			c.arrange(api)
			err := newPruner(api, &log).Prune(t.Context(), []Function{{Name: "S-f"}})
			if (err == nil) != (c.fail == "") || err != nil && !strings.Contains(err.Error(), c.fail) {
				t.Errorf("error %v, want %q in it", err, c.fail)
			}
			if !slices.Equal(api.deleted, c.want) {
				t.Errorf("deleted %v, want %v", api.deleted, c.want)
			}
			said := "deleted old versions of S-f: " + strings.Join(c.want, ", ")
			if strings.Contains(log.String(), said) != (len(c.want) > 0) {
				t.Errorf("the log is %s", &log)
			}
			if api.newest == 6 && slices.Contains(api.calls, "ListAliases") {
				t.Errorf("there is nothing to delete, but the calls are %v", api.calls)
			}
		})
	}
}

func TestHowManyOldVersionsAreKept(t *testing.T) {
	for keep, want := range map[int]int{-1: 0, 0: 8, 1: 7, 7: 1, 8: 0, 100: 0} {
		var log bytes.Buffer
		api := newFake()
		p := newPruner(api, &log)
		p.Keep = keep
		if err := p.Prune(t.Context(), []Function{{Name: "S-f"}}); err != nil || len(api.deleted) != want {
			t.Errorf("of 9 versions, %d old ones are to be kept: deleted are %v (error: %v)", keep, api.deleted, err)
		}
	}
}

func newPruner(api *fake, log *bytes.Buffer) *Pruner {
	logger := logrus.New()
	logger.SetOutput(log)
	logger.SetFormatter(&logrus.TextFormatter{DisableTimestamp: true, DisableQuote: true})
	return &Pruner{Caller: connection.Caller{Log: logger}, API: api, Stack: "S", Keep: 5}
}

// One failure that all functions have in common is reported once, and what they have in common is listed once.
func TestManyFunctionsShareListsAndErrors(t *testing.T) {
	var log bytes.Buffer
	functions := []Function{{Name: "S-f"}, {Name: "S-g"}, {Name: "S-h"}}
	api := newFake()
	api.allowed = []string{"1", "2", "3"}
	if err := newPruner(api, &log).Prune(t.Context(), functions); err != nil {
		t.Fatal(err)
	}
	lists := 0
	for _, call := range api.calls {
		if call == "ListEventSourceMappings" {
			lists++
		}
	}
	if lists != 1 {
		t.Errorf("the event source mappings are listed %d times", lists)
	}
	api.faults["ListEventSourceMappings"] = awsError("AccessDeniedException")
	err := newPruner(api, &log).Prune(t.Context(), functions)
	if err == nil || !strings.HasPrefix(err.Error(), "of 3 functions: list the event source mappings: ") {
		t.Errorf("error %v", err)
	}
}

// distributionPages are two pages of CloudFront's answer, as its API reference shows them.
var distributionPages = map[string]string{
	"": `<?xml version="1.0"?><DistributionList xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">
		<Marker></Marker><NextMarker>EDFDVBD6EXAMPLE</NextMarker><MaxItems>1</MaxItems><IsTruncated>true</IsTruncated>
		<Quantity>1</Quantity><Items><DistributionSummary><Id>EDFDVBD6EXAMPLE</Id><DefaultCacheBehavior>
		<TargetOriginId>o</TargetOriginId><LambdaFunctionAssociations><Quantity>1</Quantity><Items>
		<LambdaFunctionAssociation><LambdaFunctionARN>` + arnOf(1) + `</LambdaFunctionARN>
		<EventType>viewer-request</EventType></LambdaFunctionAssociation></Items></LambdaFunctionAssociations>
		</DefaultCacheBehavior><CacheBehaviors><Quantity>0</Quantity></CacheBehaviors></DistributionSummary></Items>
		</DistributionList>`,
	"EDFDVBD6EXAMPLE": `<DistributionList xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">
		<Marker>EDFDVBD6EXAMPLE</Marker><MaxItems>1</MaxItems><IsTruncated>false</IsTruncated><Quantity>1</Quantity>
		<Items><DistributionSummary><Id>E2</Id><DefaultCacheBehavior><LambdaFunctionAssociations><Quantity>0</Quantity>
		</LambdaFunctionAssociations></DefaultCacheBehavior><CacheBehaviors><Quantity>1</Quantity><Items><CacheBehavior>
		<PathPattern>/a</PathPattern><LambdaFunctionAssociations><Quantity>1</Quantity><Items>
		<LambdaFunctionAssociation><LambdaFunctionARN>` + arnOf(3) + `</LambdaFunctionARN></LambdaFunctionAssociation>
		</Items></LambdaFunctionAssociations></CacheBehavior></Items></CacheBehaviors></DistributionSummary></Items>
		</DistributionList>`,
}

func TestVersionsOfDistributionsAreKept(t *testing.T) {
	for name, c := range map[string]struct {
		denied bool
		html   bool
		want   []string
		fail   string
	}{
		"they are listed":        {want: []string{"2"}},
		"listing them is denied": {denied: true, fail: "cloudfront:ListDistributions is denied"},
		"a proxy answers":        {html: true, fail: "list the distributions"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.URL.Path != "/2020-05-31/distribution" ||
					!strings.Contains(r.Header.Get("Authorization"), "/us-east-1/cloudfront/aws4_request"):
					http.Error(w, "not signed", http.StatusBadRequest)
				case c.denied:
					w.WriteHeader(http.StatusForbidden)
					fmt.Fprint(w, `<ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error>`+
						`<Type>Sender</Type><Code>AccessDenied</Code><Message>User: x is not authorized</Message>`+
						`</Error></ErrorResponse>`)
				case c.html:
					fmt.Fprint(w, "<html><body>Sign in</body></html>")
				default:
					fmt.Fprint(w, distributionPages[r.URL.Query().Get("Marker")])
				}
			}))
			defer server.Close()
			var log bytes.Buffer
			api := newFake()
			p := newPruner(api, &log)
			p.Distributions = cloudfront.Client{Caller: p.Caller, Config: aws.Config{
				BaseEndpoint: &server.URL,
				HTTPClient:   server.Client(),
				Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
					return aws.Credentials{AccessKeyID: "AKIA", SecretAccessKey: "secret"}, nil
				}),
			}}.Associations
			err := p.Prune(t.Context(), []Function{{Name: "S-f", Edge: true}})
			if (err == nil) != (c.fail == "") || err != nil && !strings.Contains(err.Error(), c.fail) {
				t.Errorf("error %v, want %q in it", err, c.fail)
			}
			if !slices.Equal(api.deleted, c.want) {
				t.Errorf("deleted %v, want %v", api.deleted, c.want)
			}
		})
	}
}
