package commandline_test

import (
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/commandline"
)

func TestCheck(t *testing.T) {
	const role = "arn:aws:iam::123456789012:role/CloudFormation"
	for name, c := range map[string]struct {
		command         any
		variable, value string
		fail            string
	}{
		"nothing":                 {command: &commandline.Provision{}},
		"a command without rules": {command: &commandline.Status{Stack: "x"}},
		"a role":                  {command: &commandline.Provision{ServiceRole: role}},
		"an invalid role": {
			command: &commandline.Provision{ServiceRole: "CloudFormation"}, fail: "is not the ARN of a role",
		},
		"an invalid role, in the environment": {
			command: &commandline.Provision{}, variable: "SPARTA_SERVICE_ROLE", value: "CloudFormation",
			fail: "-serviceRole=CloudFormation is not the ARN of a role",
		},
		"a flag and the environment": {
			command:  &commandline.Provision{ServiceRole: role, KeepVersions: "1"},
			variable: "SPARTA_KEEP_VERSIONS", value: "few",
		},
		"an invalid number in the environment": {
			command: &commandline.Provision{}, variable: "SPARTA_KEEP_VERSIONS", value: "few",
			fail: "-keepVersions=few (SPARTA_KEEP_VERSIONS) must be the number of old versions to keep, or all",
		},
		"a bucket with a path": {
			command: &commandline.Provision{S3Bucket: "s3://mine"},
			fail:    `bucket "s3://mine" is invalid: use the name of a bucket, without s3:// or a path`,
		},
		"a bucket with a path, in the environment": {
			command: &commandline.Provision{}, variable: "S3_BUCKET", value: "mine/a",
			fail: `bucket "mine/a" is invalid`,
		},
		"a bucket that a preview does not use": {command: &commandline.Provision{S3Bucket: "s3://mine", NoOp: true}},
		"a rollback with a bucket with a path": {
			command: &commandline.Rollback{S3Bucket: "s3://mine"}, fail: `bucket "s3://mine" is invalid`,
		},
		"an update in place of another application's stack": {
			command: &commandline.Provision{InPlace: true, Adopt: "Shop"}, fail: "without -inplace",
		},
		"provision with a negative wait": {
			command: &commandline.Provision{Wait: -time.Second}, fail: "-wait must not be negative, got -1s",
		},
		"delete with a negative wait":   {command: &commandline.Delete{Wait: -1}, fail: "-wait must not be negative"},
		"recover with a negative wait":  {command: &commandline.Recover{Wait: -1}, fail: "-wait must not be negative"},
		"rollback with a negative wait": {command: &commandline.Rollback{Wait: -1}, fail: "-wait must not be negative"},
		"logs since a negative time":    {command: &commandline.Logs{Since: -1}, fail: "-since must not be negative"},
		"a version":                     {command: &commandline.Rollback{Version: "42"}},
		"an invalid version": {
			command: &commandline.Rollback{Version: "live"}, fail: `"live" is not a version`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if c.variable != "" {
				t.Setenv(c.variable, c.value)
			}
			err := commandline.Check(c.command)
			if (err == nil) != (c.fail == "") || err != nil && !strings.Contains(err.Error(), c.fail) {
				t.Errorf("error %v, want %q in it", err, c.fail)
			}
		})
	}
}

func TestRoles(t *testing.T) {
	for arn, want := range map[string]bool{
		"arn:aws:iam::123456789012:role/CloudFormation":            true,
		"arn:aws-us-gov:iam::123456789012:role/path/a_b+c=d,e.f@g": true,
		"arn:aws:iam::12345678901:role/CloudFormation":             false,
		"arn:aws:iam::12345678901x:role/CloudFormation":            false,
		"arn:aws:iam:eu-west-1:123456789012:role/CloudFormation":   false,
		"arn:aws:sts::123456789012:role/CloudFormation":            false,
		"arn:aws:iam::123456789012:user/CloudFormation":            false,
		"arn:aws:iam::123456789012:role/":                          false,
		"arn:aws:iam::123456789012:role/a:b":                       false,
		"arn:aws:iam::123456789012:role/a b":                       false,
		"arn::iam::123456789012:role/CloudFormation":               false,
		"arn:AWS:iam::123456789012:role/CloudFormation":            false,
		" arn:aws:iam::123456789012:role/CloudFormation":           false,
		"arn:aws:iam::123456789012:role/CloudFormation\n":          false,
	} {
		if err := commandline.Check(&commandline.Provision{ServiceRole: arn}); (err == nil) != want {
			t.Errorf("%q: error %v, want one: %t", arn, err, !want)
		}
	}
}

func TestVersionsToRollBackTo(t *testing.T) {
	for _, version := range []string{"", "1", "42"} {
		if err := commandline.Check(&commandline.Rollback{Version: version}); err != nil {
			t.Error(err)
		}
	}
	for _, version := range []string{"0", "01", "-1", "live", "$LATEST", "7 ", "99999999999999999999"} {
		err := commandline.Check(&commandline.Rollback{Version: version})
		if err == nil || !strings.Contains(err.Error(), "use a number") {
			t.Errorf("%q: error %v", version, err)
		}
	}
}

func TestKeptVersions(t *testing.T) {
	for text, want := range map[string]int{"": 5, "5": 5, "0": 0, "12": 12, "all": -1} {
		flags := commandline.Provision{KeepVersions: text}
		if got, err := flags.Kept(); got != want || err != nil {
			t.Errorf("%q: %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"-1", "five", "1.5", " 5", "99999999999999999999"} {
		flags := commandline.Provision{KeepVersions: text}
		if got, err := flags.Kept(); err == nil {
			t.Errorf("%q: %d, want an error", text, got)
		}
	}
}
