package goflags

import (
	"slices"
	"testing"
)

func TestShareable(t *testing.T) {
	for flags, want := range map[string][]string{
		"-s -w -buildid=":              {"-s", "-w", "-buildid="},
		"-X main.key=s3cr3t":           {"-X", "main.key=…"},
		"-X=example.com/a/b.key=s3cr3": {"-X=example.com/a/b.key=…"},
		"-X 'main.key=s3 cr3t' -s":     {"-X", "main.key=…", "-s"},
		"-r /home/ada/lib -v":          {"-r", "…", "-v"},
		`-extldflags=-L/home/ada`:      {"-extldflags=…"},
		`'-extldflags=-L/a -lb' -w`:    {"-extldflags=…", "-w"},
		`-extldflags '-L C:\lib'`:      {"-extldflags", "…"},
		"-linkmode=external":           {"-linkmode=external"},
		"-X 'main.key=s3cr3t":          {"…"},
	} {
		if got := Shareable(flags); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", flags, got, want)
		}
	}
}
