package hooks_test

import (
	"context"
	"errors"
	"testing"

	"github.com/go-sparta/sparta/internal/hooks"
	"github.com/go-sparta/sparta/sparta"
)

func TestTheFirstHookThatFailsIsNamed(t *testing.T) {
	fine := func(context.Context, *sparta.Workflow) error { return nil }
	for name, test := range map[string]struct {
		hook sparta.WorkflowHook
		want string
	}{
		"an error": {
			func(context.Context, *sparta.Workflow) error { return errors.New("no space") },
			"PreBuild hook 2: no space",
		},
		"a panic": {
			func(context.Context, *sparta.Workflow) error { panic("out of order") },
			"PreBuild hook 2: panic: out of order (--level debug shows where)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			later := 0
			last := func(context.Context, *sparta.Workflow) error { later++; return nil }
			list := []sparta.WorkflowHook{fine, test.hook, last}
			err := hooks.Call(t.Context(), "PreBuild hook", list, &sparta.Workflow{})
			if err == nil || err.Error() != test.want || later != 0 {
				t.Errorf("error is %v with %d later hooks called, want %q and none", err, later, test.want)
			}
		})
	}
}
