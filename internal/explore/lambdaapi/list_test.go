package lambdaapi_test

import (
	"reflect"
	"testing"
)

const echoConfiguration = `{
	"FunctionName": "echo", "FunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:echo",
	"Runtime": "python3.13", "Role": "arn:aws:iam::123456789012:role/echo", "Handler": "index.handler",
	"Description": "Returns its event.", "Timeout": 60, "MemorySize": 1024,
	"LastModified": "2026-11-27T01:02:03.004+0000", "Version": "$LATEST",
	"Environment": {"Variables": {"NAME": "value"}}, "State": "Active", "LastUpdateStatus": "Successful",
	"PackageType": "Zip", "Architectures": ["arm64"], "EphemeralStorage": {"Size": 512},
	"TracingConfig": {"Mode": "PassThrough"}
}`

func TestDescriptions(t *testing.T) {
	s := serve(t, nil)
	for path, want := range map[string]string{
		"/2015-03-31/functions/echo/configuration": echoConfiguration,
		"/2015-03-31/functions/echo": `{"Configuration": ` + echoConfiguration + `,
			"Code": {"RepositoryType": "Local", "Location": "/stage/echo"}, "Tags": {"team": "blue"}}`,
		"/2015-03-31/functions/echo/aliases": `{"NextMarker": null, "Aliases": [{"Name": "live", "FunctionVersion": "2",
			"AliasArn": "arn:aws:lambda:eu-west-1:123456789012:function:echo:live"}]}`,
	} {
		a := s.send(t, "GET", path, nil, nil)
		if got := decode[any](t, a.body); a.status != 200 || !reflect.DeepEqual(got, decode[any](t, []byte(want))) {
			t.Errorf("%s: %d\n%s, want\n%s", path, a.status, a.body, want)
		}
	}
}

// names are the functions of a list with their versions.
type names struct {
	NextMarker string
	Functions  []struct{ FunctionName, Version string }
}

func TestListsHavePages(t *testing.T) {
	s := serve(t, nil)
	for query, want := range map[string][]string{
		"?MaxItems=2":                     {"echo $LATEST", "building $LATEST", "third $LATEST"},
		"/?MaxItems=1":                    {"echo $LATEST", "building $LATEST", "third $LATEST"},
		"?FunctionVersion=ALL&MaxItems=3": {"echo $LATEST", "echo 1", "echo 2", "building $LATEST", "third $LATEST"},
		"?MaxItems=10000":                 {"echo $LATEST", "building $LATEST", "third $LATEST"},
	} {
		var got []string
		marker := ""
		for page := 0; page == 0 || marker != ""; page++ {
			a := s.send(t, "GET", "/2015-03-31/functions"+query+"&Marker="+marker, nil, nil)
			list := decode[names](t, a.body)
			for _, f := range list.Functions {
				got = append(got, f.FunctionName+" "+f.Version)
			}
			marker = list.NextMarker
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}
