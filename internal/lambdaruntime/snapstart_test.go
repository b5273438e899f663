package lambdaruntime_test

import (
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

func TestSnapshotHooksRunAroundTheSnapshot(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "snap.handler", SnapStart: true})
	time.Sleep(time.Second) // the snapshot, which is not part of the initialization
	response := invoke(t, p, "{}")
	want := `["before 2", "before 1", "after 1", "after 2"]`
	if string(response.Payload) != want {
		t.Errorf("got %s, want %s", response.Payload, want)
	}
	if response.InitDuration <= 0 || response.InitDuration > 900*time.Millisecond {
		t.Errorf("initialized in %v", response.InitDuration)
	}
	if again := invoke(t, p, "{}"); string(again.Payload) != want {
		t.Errorf("then %s, want %s", again.Payload, want)
	}
}

func TestHooksDoNotRunWithoutSnapStart(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "snap.handler"})
	if got := invoke(t, p, "{}"); string(got.Payload) != `[]` {
		t.Errorf("got %s", got.Payload)
	}
}

func TestTheErrorOfAHookIsTheResponse(t *testing.T) {
	for hook, message := range map[string]string{"before": "no snapshot", "after": "no restore"} {
		t.Run(hook, func(t *testing.T) {
			p := start(t,
				lambdaruntime.Options{Handler: "snap.handler", SnapStart: true, Env: []string{"FAIL=" + hook}})
			for range 2 {
				d := failed(t, invoke(t, p, "{}"))
				if d.ErrorType != "ValueError" || d.ErrorMessage != message || len(d.StackTrace) == 0 {
					t.Errorf("got %+v", d)
				}
			}
		})
	}
}
