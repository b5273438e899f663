package programs

import (
	"context"
	"errors"
	"os/exec"
	"runtime"
	"testing"
)

// A program that ends by itself after an interrupt has written why: the target must not write it again.
func TestTheErrorOfAnInterruptedDeployProgram(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no shell and no signals")
	}
	interrupted, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx      context.Context
		script   string
		reported bool
	}{
		"a program that fails":                      {t.Context(), "exit 1", true},
		"a program that fails after an interrupt":   {interrupted, "exit 1", true},
		"a program that is ended by the interrupt":  {interrupted, "kill -INT $$", false},
		"a program that is ended by something else": {t.Context(), "kill -KILL $$", true},
	} {
		err := Deployment{}.result(c.ctx, exec.Command("sh", "-c", c.script).Run())
		if errors.Is(err, ErrDeploy) != c.reported || err == nil {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
