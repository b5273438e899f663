package supply

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/go-sparta/sparta/internal/gosource"
)

func TestLicensesOfKnownModules(t *testing.T) {
	env, err := gosource.ReadEnvironment(t.Context(), ".", "", "")
	if err != nil {
		t.Fatal(err)
	}
	if got := identifyText(goLicense); got != "BSD-3-Clause" {
		t.Errorf("Go's license is %q", got)
	}
	if got := identifyText(spartaLicense); got != "MIT" {
		t.Errorf("our own license is %q", got)
	}
	for pattern, want := range map[string]string{
		"github.com/aws/aws-lambda-go@*":    "Apache-2.0",
		"github.com/sirupsen/logrus@*":      "MIT",
		"golang.org/x/crypto@*":             "BSD-3-Clause",
		"github.com/magefile/mage@*":        "Apache-2.0",
		"github.com/spf13/cobra@*":          "Apache-2.0",
		"github.com/aws/aws-sdk-go-v2@*":    "Apache-2.0",
		"github.com/rogpeppe/go-internal@*": "BSD-3-Clause",
	} {
		found, _ := filepath.Glob(filepath.Join(env.GOMODCACHE, filepath.FromSlash(pattern)))
		for _, dir := range found {
			if got := identify(licenseFiles(dir)); got != want {
				t.Errorf("the license of %s is %q, want %s", dir, got, want)
			}
		}
	}
}

func TestLicensesThatAreNotCertain(t *testing.T) {
	mit := spartaLicense
	for name, files := range map[string][]licenseFile{
		"no file":              nil,
		"an unknown text":      {{"LICENSE", "Do what you like."}},
		"two licenses in one":  {{"LICENSE", mit + "\n" + goLicense}},
		"a license with more":  {{"LICENSE", mit + "\nNot for " + string(make([]byte, 1000)) + "."}},
		"a choice of licenses": {{"LICENSE-MIT", mit}, {"LICENSE-BSD", goLicense}},
		"only a notice":        {{"NOTICE", mit}},
	} {
		if got := identify(files); got != "" {
			t.Errorf("%s: got %s", name, got)
		}
	}
	if got := identify([]licenseFile{{"LICENSE.txt", mit}, {"LICENSE-logo", "CC"}, {"NOTICE", "by us"}}); got != "MIT" {
		t.Errorf("got %q for a license with a notice and one of a part", got)
	}
}

func TestOwnLicenseIsThatOfTheModule(t *testing.T) {
	content, err := os.ReadFile("../../LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	if string(content) != spartaLicense {
		t.Error("license.txt is not the LICENSE of this module: copy it")
	}
}

func TestNamesOfLicenses(t *testing.T) {
	for name, want := range map[string]bool{
		"LICENSE": true, "license.md": true, "LICENSE-MIT": true, "COPYING": true, "NOTICE.txt": true, "Licence": true,
		"license.go": false, "licenses": false, "README.md": false, "notice_test.go": false, "LICENSE.tmpl": false,
	} {
		if got := isNotice(name); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
