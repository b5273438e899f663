package discovery

import "testing"

func TestNamesInAWS(t *testing.T) {
	for inAWS, want := range map[string][3]string{
		"Shop-hello":              {"", "Shop", "hello"},
		"Shop-2-hello":            {"", "Shop-2", "hello"},
		"us-east-1.Shop-hello":    {"us-east-1", "Shop", "hello"},
		"us-east-1.Shop-2-hello":  {"us-east-1", "Shop-2", "hello"},
		"eu-west-1.Shop-hello":    {"", "eu-west-1.Shop", "hello"},
		"hello":                   {"", "", ""},
		"-hello":                  {"", "", ""},
		"us-east-1.hello":         {"us-east-1", "", ""},
		"":                        {"", "", ""},
		"Shop-":                   {"", "Shop", ""},
		"us-east-1-hello":         {"", "us-east-1", "hello"},
		"us-east-1.us-east-1-abc": {"us-east-1", "us-east-1", "abc"},
	} {
		home, stack, function := Names(inAWS)
		if got := [3]string{home, stack, function}; got != want {
			t.Errorf("%s is of %q, want %q", inAWS, got, want)
		}
	}
}
