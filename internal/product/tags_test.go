package product

import (
	"debug/buildinfo"
	"path/filepath"
	"testing"
)

// The library of a plain application records its build tags, so that another tag is another package: whatever package
// sparta offers, an application that does not import it stays as it is.
func TestTagsOfLibraries(t *testing.T) {
	needHost(t)
	t.Parallel()
	for name, want := range map[string]string{
		"plain": "lambda.norpc,lambdabinary,sparta_noconfig,sparta_nosession",
		"hooks": "lambda.norpc,lambdabinary,sparta_nocommands,sparta_noconfig,sparta_nosession",
	} {
		p := newProject(t, name)
		p.build(t, "SPARTA_BUILDER=host")
		info, err := buildinfo.ReadFile(filepath.Join(p.stage(), "bin", name+".so"))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, setting := range info.Settings {
			if setting.Key == "-tags" {
				got = setting.Value
			}
		}
		if got != want {
			t.Errorf("%s has the tags %s, want %s", name, got, want)
		}
	}
}
