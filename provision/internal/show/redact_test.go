package show

import "testing"

func TestRedactAccount(t *testing.T) {
	for text, want := range map[string]string{
		"arn:aws:iam::123456789012:role/r":                   "arn:aws:iam::************:role/r",
		"arn:aws-us-gov:lambda:us-gov-west-1:999999999999:f": "arn:aws-us-gov:lambda:us-gov-west-1:************:f",
		"bucket sparta-packages-123456789012-eu-west-1":      "bucket sparta-packages-************-eu-west-1",
		"https://123456789012.dkr.ecr.eu-west-1.example.com": "https://************.dkr.ecr.eu-west-1.example.com",
		"arn:aws:s3:::bucket/999999999999":                   "arn:aws:s3:::bucket/999999999999",
		"arn:aws:iam::aws:policy/ReadOnlyAccess":             "arn:aws:iam::aws:policy/ReadOnlyAccess",
		"build 999999999999 of 2026":                         "build 999999999999 of 2026",
		"":                                                   "",
	} {
		if got := RedactAccount(text, "123456789012"); got != want {
			t.Errorf("redactAccount(%q) = %q, want %q", text, got, want)
		}
	}
	if got := RedactAccount("arn:aws:iam::123456789012:role/r 123456789012",
		""); got != "arn:aws:iam::************:role/r 123456789012" {
		t.Errorf("without an account it is %q", got)
	}
}
