package gobuild

import "testing"

func TestTheFirstBuildIsFirstForItsCompilerAndTarget(t *testing.T) {
	folder := t.TempDir()
	if first, _ := FirstBuild(folder, "golang:1.26.8", "linux/amd64"); !first {
		t.Error("there was no build yet")
	}
	first, done := FirstBuild(folder, "golang:1.26.8", "linux/amd64")
	if !first {
		t.Error("no build has succeeded yet")
	}
	done()
	for name, test := range map[string]struct {
		compiler, target string
		want             bool
	}{
		"the same":         {"golang:1.26.8", "linux/amd64", false},
		"another compiler": {"registry.example.com/golang@sha256:1", "linux/amd64", true},
		"another target":   {"golang:1.26.8", "linux/arm64", true},
	} {
		t.Run(name, func(t *testing.T) {
			first, done := FirstBuild(folder, test.compiler, test.target)
			if first != test.want {
				t.Errorf("first is %t, want %t", first, test.want)
			}
			done()
			if first, _ := FirstBuild(folder, test.compiler, test.target); first {
				t.Error("it is still the first, after one that has succeeded")
			}
		})
	}
	if _, done := FirstBuild(folder+"/missing", "go", "linux/amd64"); done != nil {
		done() // must not panic
	}
}
