package edge

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// withDistribution is a template with a distribution. The part is of its default behavior.
func withDistribution(part map[string]any) *cloudformation.Template {
	template := cloudformation.NewTemplate("")
	behavior := map[string]any{"TargetOriginId": "shop"}
	maps.Copy(behavior, part)
	template.Resources["Cdn"] = &cloudformation.Resource{
		Type: distributionType,
		Properties: map[string]any{"DistributionConfig": map[string]any{
			"DefaultCacheBehavior": behavior,
			"CacheBehaviors": []any{
				map[string]any{"PathPattern": "/a/*", "TargetOriginId": "shop"},
				map[string]any{"PathPattern": "/b/*", "TargetOriginId": "shop"},
			},
		}},
	}
	template.Resources["F"] = &cloudformation.Resource{Type: "AWS::Lambda::Function"}
	template.Resources["FVersion"] = &cloudformation.Resource{Type: "AWS::Lambda::Version"}
	template.Resources["Live"] = &cloudformation.Resource{Type: "AWS::Lambda::Alias"}
	template.Resources["Bucket"] = &cloudformation.Resource{Type: "AWS::S3::Bucket"}
	template.Resources["Other"] = &cloudformation.Resource{
		Type: distributionType,
		Properties: map[string]any{"DistributionConfig": map[string]any{
			"DefaultCacheBehavior": map[string]any{"TargetOriginId": "shop"},
		}},
	}
	template.Resources["Empty"] = &cloudformation.Resource{Type: distributionType, Properties: map[string]any{}}
	template.Resources["Bare"] = &cloudformation.Resource{
		Type: distributionType, Properties: map[string]any{"DistributionConfig": struct{ Enabled bool }{true}},
	}
	return template
}

func function(name string, associations ...sparta.EdgeAssociation) Function {
	return Function{
		Name: name, Version: name + "Version",
		Options: &sparta.LambdaFunctionOptions{Edge: true, EdgeAssociations: associations},
	}
}

// runs is a part of a behavior that runs a function for viewer requests.
func runs(arn any) map[string]any {
	return map[string]any{"LambdaFunctionAssociations": []any{
		map[string]any{"EventType": "viewer-request", "LambdaFunctionARN": arn},
	}}
}

func TestAssociationsThatCannotBeDeployed(t *testing.T) {
	ours := func(event, pattern string) sparta.EdgeAssociation {
		return sparta.EdgeAssociation{EventType: event, Distribution: cloudformation.Ref("Cdn"), PathPattern: pattern}
	}
	of := func(distribution any) sparta.EdgeAssociation {
		return sparta.EdgeAssociation{EventType: "viewer-request", Distribution: distribution}
	}
	small := map[string]any{"FunctionAssociations": []map[string]any{
		{"EventType": "viewer-response", "FunctionARN": map[string]any{"Fn::GetAtt": []string{"Small", "FunctionARN"}}},
	}}
	for name, test := range map[string]struct {
		part      map[string]any
		functions []Function
		want      string // empty means that there is no error
	}{
		"no site": {nil, []Function{function("f", of(nil))}, "the service has no site with a distribution"},
		"no such resource": {
			nil, []Function{function("f", of(cloudformation.Ref("X")))}, "the template has no resource X",
		},
		"an attribute of no such resource": {
			nil, []Function{function("f", of(cloudformation.GetAtt{"X", "Id"}))}, "the template has no resource X",
		},
		"an attribute of another resource": {
			nil,
			[]Function{function("f", of(map[string]any{"Fn::GetAtt": "Bucket.Id"}))},
			"resource Bucket is an AWS::S3::Bucket",
		},
		"an attribute that is not the ID": {
			nil,
			[]Function{function("f", of(cloudformation.GetAtt{"Cdn", "DomainName"}))},
			`the Distribution refers to Cdn by Cdn.DomainName: use cloudformation.Ref("Cdn")`,
		},
		"text with a distribution of the template": {
			nil,
			[]Function{function("f", of(cloudformation.Sub("${Cdn}")))},
			`the Distribution refers to Cdn by ${Cdn}: use cloudformation.Ref("Cdn")`,
		},
		"a function without a version": {
			runs(cloudformation.GetAtt{"F", "Arn"}), nil,
			"distribution Cdn runs F.Arn, but CloudFront runs only numbered versions of functions in us-east-1",
		},
		"an alias": {runs(cloudformation.Ref("Live")), nil, "distribution Cdn runs Live, but CloudFront runs only"},
		"what has no version yet": {
			runs("arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST"), nil,
			"f:$LATEST, but CloudFront runs only",
		},
		"a function of another region": {
			runs("arn:aws:lambda:eu-west-1:123456789012:function:f:1"), nil, "f:1, but CloudFront runs only",
		},
		"versions": {
			map[string]any{"LambdaFunctionAssociations": []any{
				map[string]any{"EventType": "viewer-request", "LambdaFunctionARN": cloudformation.Ref("FVersion")},
				map[string]any{
					"EventType":         "origin-request",
					"LambdaFunctionARN": "arn:aws:lambda:us-east-1:123456789012:function:f:1",
				},
				map[string]any{
					"EventType": "origin-response", "LambdaFunctionARN": cloudformation.Sub("${F.Arn}:7"),
				},
			}}, nil, "",
		},
		"another resource": {
			nil, []Function{function("f", of(cloudformation.Ref("Bucket")))}, "resource Bucket is an AWS::S3::Bucket",
		},
		"an empty distribution": {
			nil,
			[]Function{function("f", of(cloudformation.Ref("Empty")))},
			"distribution Empty has no DistributionConfig",
		},
		"a distribution without behaviors": {
			nil,
			[]Function{function("f", of(cloudformation.Ref("Bare")))},
			"distribution Bare has no DefaultCacheBehavior",
		},
		"no such behavior": {
			nil,
			[]Function{function("f", ours("viewer-request", "/c/*"))},
			`no cache behavior for the PathPattern "/c/*": use one of those that it has (/a/*, /b/*)`,
		},
		"two functions in one place": {
			nil,
			[]Function{function("f", ours("viewer-request", "/a/*")), function("g", ours("viewer-request", "/a/*"))},
			"function g: EdgeAssociations: function f already runs for viewer-request events of the cache behavior " +
				"/a/* of the distribution",
		},
		"two functions in one place of an existing distribution": {
			nil,
			[]Function{function("f", of("EDFDVBD6EXAMPLE")), function("g", of("EDFDVBD6EXAMPLE"))},
			"function g: EdgeAssociations: function f already runs for viewer-request events of the cache " +
				"behavior (default)",
		},
		"two functions in one place of an existing distribution, with a slash and without": {
			nil, []Function{
				function("f", sparta.EdgeAssociation{
					EventType: "origin-request", Distribution: "EDFDVBD6EXAMPLE", PathPattern: "/a/*",
				}),
				function("g", sparta.EdgeAssociation{
					EventType: "origin-request", Distribution: "EDFDVBD6EXAMPLE", PathPattern: "a/*",
				}),
			}, "function g: EdgeAssociations: function f already runs for origin-request events",
		},
		"two functions in one place, with a slash and without": {
			nil,
			[]Function{function("f", ours("viewer-request", "/a/*")), function("g", ours("viewer-request", "a/*"))},
			"function g: EdgeAssociations: function f already runs for viewer-request events of the cache behavior a/*",
		},
		"a function that a hook has added": {
			runs(cloudformation.Ref("FVersion")),
			[]Function{function("g", ours("viewer-request", ""))},
			"distribution Cdn already runs FVersion for viewer-request events of the cache behavior (default)",
		},
		"functions of two distributions": {
			nil,
			[]Function{
				function("f", ours("viewer-request", "")), function("g", of(cloudformation.GetAtt{"Other", "Id"})),
			},
			"",
		},
		"functions in several places": {
			nil, []Function{
				function("f", ours("viewer-request", "/a/*"), ours("viewer-request", "")),
				function("g", ours("viewer-request", "/b/*"), ours("viewer-response", "/a/*"), of("EDFDVBD6EXAMPLE")),
			}, "",
		},
		"a CloudFront Function": {
			small,
			[]Function{function("f", ours("viewer-request", ""))},
			"runs the CloudFront Function Small.FunctionARN for viewer-response events of the cache behavior (default)",
		},
		"a CloudFront Function in viewer events only": {
			small, []Function{function("f", ours("origin-request", ""))}, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			err := AddTo(withDistribution(test.part), test.functions)
			if test.want == "" && err == nil {
				return
			}
			if test.want == "" || err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\nwant %s", err, test.want)
			}
		})
	}
}

// The functions of a distribution do not depend on the order in which the service has them, but for their own order.
func TestTheSitesOwnFunctionStaysWhereItCan(t *testing.T) {
	at := func(event, pattern string) sparta.EdgeAssociation {
		return sparta.EdgeAssociation{EventType: event, PathPattern: pattern}
	}
	for _, functions := range [][]Function{
		{
			function("f", at("viewer-request", "")),
			function("g", at("origin-request", "/a/*"), at("viewer-response", "/b/*")),
		},
		{
			function("g", at("viewer-response", "/b/*"), at("origin-request", "/a/*")),
			function("f", at("viewer-request", "")),
		},
	} {
		template := cloudformation.NewTemplate("")
		rewrite := map[string]any{
			"EventType": "viewer-request", "FunctionARN": cloudformation.GetAtt{"S3SiteRewrite", "FunctionARN"},
		}
		configuration := map[string]any{"DefaultCacheBehavior": map[string]any{"FunctionAssociations": []any{rewrite}}}
		template.Resources["S3SiteRewrite"] = &cloudformation.Resource{Type: "AWS::CloudFront::Function"}
		template.Resources["S3SiteDistribution"] = &cloudformation.Resource{
			Type: distributionType, Properties: map[string]any{"DistributionConfig": configuration},
		}
		if err := AddTo(template, functions); err != nil {
			t.Fatal(err)
		}
		behaviors := append(list(configuration, "CacheBehaviors"), configuration["DefaultCacheBehavior"])
		var rewritten []string
		for _, entry := range behaviors {
			behavior, _ := entry.(map[string]any)
			if len(list(behavior, "LambdaFunctionAssociations")) != 1 {
				t.Errorf("behavior is %v, want one function", behavior)
			}
			if slices.ContainsFunc(list(behavior, "FunctionAssociations"), isRewrite) {
				pattern, _ := behavior["PathPattern"].(string)
				rewritten = append(rewritten, pattern)
			}
		}
		if len(behaviors) != 3 || !slices.Equal(rewritten, []string{"/a/*"}) {
			t.Errorf("of %d behaviors, those of %q have the site's function; want /a/* of 3", len(behaviors), rewritten)
		}
	}
}

// The behaviors of the site are copies of the default one as the site and hooks have it, not of one that another
// function has changed.
func TestNewBehaviorsDoNotDependOnTheNamesOfFunctions(t *testing.T) {
	for _, names := range [][]string{{"a", "b"}, {"b", "a"}} {
		template := cloudformation.NewTemplate("")
		configuration := map[string]any{"DefaultCacheBehavior": map[string]any{"AllowedMethods": []string{"GET"}}}
		template.Resources["S3SiteDistribution"] = &cloudformation.Resource{
			Type: distributionType, Properties: map[string]any{"DistributionConfig": configuration},
		}
		err := AddTo(template, []Function{
			function(names[0], sparta.EdgeAssociation{EventType: "origin-request", IncludeBody: true}),
			function(names[1], sparta.EdgeAssociation{EventType: "origin-request", PathPattern: "/a/*"}),
		})
		if err != nil {
			t.Fatal(err)
		}
		behavior, _ := list(configuration, "CacheBehaviors")[0].(map[string]any)
		if methods, _ := behavior["AllowedMethods"].([]string); !slices.Equal(methods, []string{"GET"}) {
			t.Errorf("with functions %q, the behavior allows %q", names, methods)
		}
	}
}

// What a hook has changed in the site's distribution stays: the order of its behaviors, and its function.
func TestTheSitesDistributionKeepsWhatAHookHasChanged(t *testing.T) {
	template := cloudformation.NewTemplate("")
	mine := map[string]any{"EventType": "viewer-request", "FunctionARN": cloudformation.GetAtt{"Mine", "FunctionARN"}}
	configuration := map[string]any{
		"DefaultCacheBehavior": map[string]any{"FunctionAssociations": []any{mine}},
		"CacheBehaviors": []any{
			map[string]any{"PathPattern": "*.a"},
			map[string]any{"PathPattern": "/longer/*"},
			map[string]any{"PathPattern": "*.b"},
		},
	}
	template.Resources["S3SiteRewrite"] = &cloudformation.Resource{Type: "AWS::CloudFront::Function"}
	template.Resources["S3SiteDistribution"] = &cloudformation.Resource{
		Type: distributionType, Properties: map[string]any{"DistributionConfig": configuration},
	}
	added := sparta.EdgeAssociation{EventType: "origin-request", PathPattern: "/img/*", IncludeBody: true}
	if err := AddTo(template, []Function{function("f", added)}); err != nil {
		t.Fatal(err)
	}
	var patterns []string
	for _, entry := range list(configuration, "CacheBehaviors") {
		behavior, _ := entry.(map[string]any)
		patterns = append(patterns, behavior["PathPattern"].(string))
		if behavior["PathPattern"] != "/img/*" {
			continue
		}
		if functions := list(behavior, "FunctionAssociations"); len(functions) != 1 || isRewrite(functions[0]) {
			t.Errorf("the behavior runs %v, want the hook's function", functions)
		}
		if methods, _ := behavior["AllowedMethods"].([]string); !slices.Contains(methods, "POST") {
			t.Errorf("the behavior allows %q, which have no body", methods)
		}
	}
	if want := []string{"/img/*", "*.a", "/longer/*", "*.b"}; !slices.Equal(patterns, want) {
		t.Errorf("the order is %q, want %q", patterns, want)
	}
}

func TestNotesAboutTheSitesOwnFunction(t *testing.T) {
	info := sparta.HandleAWSLambda("f", func() {}, sparta.IAMRoleDefinition{})
	info.Options = &sparta.LambdaFunctionOptions{Edge: true, EdgeAssociations: []sparta.EdgeAssociation{
		{EventType: "viewer-request", PathPattern: "/a/*"},
		{EventType: "origin-request"},
		{EventType: "viewer-request", Distribution: "EDFDVBD6EXAMPLE"},
	}}
	notes := Notes([]*sparta.LambdaAWSInfo{info})
	if len(notes) != 1 || !strings.Contains(notes[0], "viewer-request events of /a/* of the site") {
		t.Errorf("notes are %q", notes)
	}
}
