package cloudformation_test

import (
	"encoding/json"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
)

func TestUserScopedStackName(t *testing.T) {
	tests := map[string]struct {
		environment map[string]string
		want        string
	}{
		"of a user":                    {map[string]string{"USER": "ada"}, "Shop-ada"},
		"of a user with another name":  {map[string]string{"LOGNAME": "ada"}, "Shop-ada"},
		"of a user of Windows":         {map[string]string{"USERNAME": "Ada L."}, "Shop-Ada-L-"},
		"of a domain's user":           {map[string]string{"USER": `CORP\ada@b.example`}, "Shop-CORP-ada-b-example"},
		"of nobody, as in Lambda":      {nil, "Shop"},
		"of a user with other letters": {map[string]string{"USER": "Jürgen"}, "Shop-J-rgen"},
	}
	for name, test := range tests {
		for _, variable := range []string{"USER", "LOGNAME", "USERNAME"} {
			t.Setenv(variable, test.environment[variable])
		}
		if got := cloudformation.UserScopedStackName("Shop"); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestARNsOfBuckets(t *testing.T) {
	tests := map[string]struct {
		arn  any
		want string
	}{
		"a name": {
			cloudformation.S3ArnForBucket("uploads"),
			`{"Fn::Sub":["arn:${AWS::Partition}:s3:::${Bucket}",{"Bucket":"uploads"}]}`,
		},
		"the keys of a bucket of the stack": {
			cloudformation.S3AllKeysArnForBucket(cloudformation.Ref("Uploads")),
			`{"Fn::Sub":["arn:${AWS::Partition}:s3:::${Bucket}/*",{"Bucket":{"Ref":"Uploads"}}]}`,
		},
	}
	for name, test := range tests {
		got, err := json.Marshal(test.arn)
		if err != nil || string(got) != test.want {
			t.Errorf("%s: %s (error: %v), want %s", name, got, err, test.want)
		}
	}
}
