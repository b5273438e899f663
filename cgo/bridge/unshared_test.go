//go:build lambdabinary && go1.21

package bridge

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"
	"testing"
)

// sharing returns a handler's function that encodes all answers in one buffer, as aws-lambda-go did before 1.51.
func sharing() invokeFunc {
	out := jsonBuffer{&bytes.Buffer{}}
	return func(_ context.Context, event []byte) (io.Reader, error) {
		out.Reset()
		for _, c := range event {
			out.WriteByte(c)
		}
		return out, nil
	}
}

// Each of several threads gets the answer to its own event, even if it reads the answer only after the next call.
func TestAnswersAreNotShared(t *testing.T) {
	for name, invoke := range map[string]invokeFunc{
		"one handler": unshared(sharing(), nil), "handlers of their own": unshared(sharing(), sharing),
	} {
		t.Run(name, func(t *testing.T) {
			var all sync.WaitGroup
			for i := 0; i < 40; i++ {
				i := i
				all.Add(1)
				go func() {
					defer all.Done()
					for j := 0; j < 50; j++ {
						want := fmt.Sprintf("%d of %d", j, i)
						answer, err := invoke(context.Background(), []byte(want))
						if err != nil {
							t.Error(err)
							return
						}
						if _, err := invoke(context.Background(), []byte("the next event")); err != nil {
							t.Error(err)
						}
						if got, err := io.ReadAll(answer); err != nil || string(got) != want {
							t.Errorf("got %q (%v), want %q", got, err, want)
						}
					}
				}()
			}
			all.Wait()
		})
	}
}

// Calls that wait for each other come to an end, because each has a handler of its own.
func TestCallsWithHandlersOfTheirOwnDoNotWait(t *testing.T) {
	var meet sync.WaitGroup
	meet.Add(2)
	waiting := func(context.Context, []byte) (io.Reader, error) {
		meet.Done()
		meet.Wait()
		return &bytes.Buffer{}, nil
	}
	invoke := unshared(waiting, func() invokeFunc { return waiting })
	var all sync.WaitGroup
	for i := 0; i < 2; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			_, _ = invoke(context.Background(), nil)
		}()
	}
	all.Wait()
}

// Another handler of the same function can be made, and looked into.
func TestARenewableHandler(t *testing.T) {
	handler := newRenewable(func(s string) (string, error) { return s + "!", nil })
	if _, isNot := made(handler).(renewable); isNot || !encodesPlainly(handler) || !decodesPlainly(handler) {
		t.Errorf("%T is not what aws-lambda-go has made", made(handler))
	}
	renew, _ := handler.(renewable)
	answer, err := renew.another()()(context.Background(), []byte(`"a"`))
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(answer); err != nil || string(bytes.TrimSpace(text)) != `"a!"` {
		t.Errorf("got %s (%v)", text, err)
	}
}
