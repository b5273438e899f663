package invocation

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestVariables(t *testing.T) {
	t.Setenv("SET_HERE", "a=b,c")
	file := filepath.Join(t.TempDir(), "function.env")
	const content = "\xef\xbb\xbf# settings\r\n\r\n" +
		"TABLE=orders\r\n  # more\nSET_HERE\nMOTTO=to be, or not = to be\nEMPTY="
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := Variables([]string{
		"STAGE=dev",
		"AWS_LAMBDA_EXEC_WRAPPER=/opt/wrap",
		"SET_HERE",
		"@" + file,
		"URL=http://x?a=b",
		"a1_Z9=name",
	})
	want := []string{
		"STAGE=dev",
		"AWS_LAMBDA_EXEC_WRAPPER=/opt/wrap",
		"SET_HERE=a=b,c",
		"TABLE=orders",
		"SET_HERE=a=b,c",
		"MOTTO=to be, or not = to be",
		"EMPTY=",
		"URL=http://x?a=b",
		"a1_Z9=name",
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}

func TestInvalidVariables(t *testing.T) {
	file := filepath.Join(t.TempDir(), "function.env")
	if err := os.WriteFile(file, []byte("A=1\ns3cr3t value\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for entry, want := range map[string]string{
		"":                              "write NAME=value",
		"s3cr3t value":                  "write NAME=value",
		"1A=s3cr3t":                     "write NAME=value",
		"s3cr3t/x==":                    "write NAME=value",
		"Ä=s3cr3t":                      "write NAME=value",
		"A-B=s3cr3t":                    "write NAME=value",
		"=s3cr3t":                       "write NAME=value",
		"A\x00=s3cr3t":                  "has an invalid name",
		"A=s3cr3t\x00":                  "A has a NUL",
		"_HANDLER=s3cr3t":               "has an invalid name",
		"AWS_LAMBDA_RUNTIME_API=s3cr3t": "set by Lambda itself",
		"LAMBDA_TASK_ROOT=s3cr3t":       "set by Lambda itself",
		"SURELY_NOT_SET_ANYWHERE":       "SURELY_NOT_SET_ANYWHERE is not set here",
		"@" + file:                      file + ":2: ",
		"@nowhere.env":                  "nowhere.env",
	} {
		got, err := Variables([]string{"B=2", entry})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "s3cr3t") {
			t.Errorf("%q: got %q, %v, want %q and no value", entry, got, err, want)
		}
	}
}
