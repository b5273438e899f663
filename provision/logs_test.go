//go:build go1.25

package provision

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	logstypes "github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/logs"
)

// bubbleStart is when time begins in a test of its own clock.
var bubbleStart = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// fakeLogs are log groups whose events appear some time after they were written.
type fakeLogs struct {
	groups  map[string][]fakeLine
	made    map[string]time.Duration // since bubbleStart; groups that are not in it existed before
	inputs  []cloudwatchlogs.FilterLogEventsInput
	refusal error
	refuses time.Duration // since bubbleStart; 0 means that it does not end
}

type fakeLine struct {
	at, late time.Duration // since bubbleStart, and until it appears
	text     string
}

func (f *fakeLogs) FilterLogEvents(
	ctx context.Context, in *cloudwatchlogs.FilterLogEventsInput, _ ...func(*cloudwatchlogs.Options),
) (*cloudwatchlogs.FilterLogEventsOutput, error) {
	f.inputs = append(f.inputs, *in)
	lines, ok := f.groups[*in.LogGroupName]
	ok = ok && time.Since(bubbleStart) >= f.made[*in.LogGroupName]
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case f.refusal != nil && (f.refuses == 0 || time.Since(bubbleStart) < f.refuses):
		return nil, f.refusal
	case !ok:
		return nil, refusal(400, "ResourceNotFoundException", "The specified log group does not exist.")
	}
	var events []logstypes.FilteredLogEvent
	for i, line := range lines {
		at := bubbleStart.Add(line.at)
		if at.UnixMilli() < *in.StartTime || time.Now().Before(at.Add(line.late)) {
			continue
		}
		events = append(events, logstypes.FilteredLogEvent{
			EventId:   aws.String(fmt.Sprint(i)),
			Timestamp: aws.Int64(at.UnixMilli()),
			Message:   aws.String(line.text + "\n"),
		})
	}
	page, next := paged(events, in.NextToken, 1) // an event each
	return &cloudwatchlogs.FilterLogEventsOutput{Events: page, NextToken: next}, nil
}

func newReader(fake *fakeLogs, stdout, log *bytes.Buffer, functions ...string) logs.Reader {
	r := logs.Reader{
		Caller: connection.Caller{Log: plainLog(log)}, API: fake, Since: bubbleStart.Add(-time.Hour), Stdout: stdout,
	}
	for _, function := range functions {
		r.Groups = append(r.Groups, logs.Group{Function: function, Name: "/aws/lambda/svc-" + function})
	}
	return r
}

func TestLogsAreMergedByTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fake := &fakeLogs{groups: map[string][]fakeLine{
			"/aws/lambda/svc-a": {
				{at: -3 * time.Minute, text: "a1"},
				{at: -time.Minute, text: "a2\nof two lines"},
				{at: -2 * time.Hour, text: "long ago"},
			},
			"/aws/lambda/svc-longer": {{at: -2 * time.Minute, text: "b1"}},
		}}
		var stdout, log bytes.Buffer
		r := newReader(fake, &stdout, &log, "a", "longer")
		r.Filter = "ERROR"
		if err := r.Show(t.Context(), false); err != nil {
			t.Fatal(err)
		}
		want := `1999-12-31T23:57:00.000Z a      a1
1999-12-31T23:58:00.000Z longer b1
1999-12-31T23:59:00.000Z a      a2
of two lines
`
		if got := stdout.String(); got != want {
			t.Errorf("log is\n%s\nwant\n%s", got, want)
		}
		if got := aws.ToString(fake.inputs[0].FilterPattern); got != "ERROR" || log.Len() > 0 {
			t.Errorf("filter %q, messages %q", got, &log)
		}
	})
}

func TestWithoutLogEventsThereIsAMessage(t *testing.T) {
	tests := map[string]struct {
		groups    map[string][]fakeLine
		want      string
		functions []string
	}{
		"a group without events": {
			map[string][]fakeLine{"/aws/lambda/svc-a": nil},
			"level=info msg=no log events since 1999-12-31T23:00:00Z: -since=24h looks back a day\n",
			[]string{"a"},
		},
		"one of two groups without events": {
			map[string][]fakeLine{"/aws/lambda/svc-a": nil},
			"level=warning msg=b has no log: there is no log group /aws/lambda/svc-b; " +
				"check that the service is provisioned, and the stack's name and the region\n" +
				"level=info msg=no log events since 1999-12-31T23:00:00Z: -since=24h looks back a day\n",
			[]string{"a", "b"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var stdout, log bytes.Buffer
				r := newReader(&fakeLogs{groups: test.groups}, &stdout, &log, test.functions...)
				if err := r.Show(t.Context(), false); err != nil {
					t.Fatal(err)
				}
				if log.String() != test.want || stdout.Len() > 0 {
					t.Errorf("messages are %q, want %q; stdout has %q", &log, test.want, &stdout)
				}
			})
		})
	}
}

func TestLogsWithoutAnyLogGroupAreAnError(t *testing.T) {
	var stdout, log bytes.Buffer
	err := newReader(&fakeLogs{}, &stdout, &log, "a", "b").Show(t.Context(), false)
	const advice = "does not exist: run cgo:provision, or check the stack's name and the region"
	const want = "read the log of a: log group /aws/lambda/svc-a " + advice + "\n" +
		"read the log of b: log group /aws/lambda/svc-b " + advice
	if err == nil || err.Error() != want {
		t.Errorf("error is %v\n    want %s", err, want)
	}
	if log.Len()+stdout.Len() > 0 {
		t.Errorf("messages are %q, stdout has %q", &log, &stdout)
	}
}

// Each event is shown once, although some are late, several share a millisecond, and a group is created later.
func TestFollowedLogs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fake := &fakeLogs{
			groups: map[string][]fakeLine{"/aws/lambda/svc-b": {{at: 15 * time.Second, text: "event of b"}}},
			made:   map[string]time.Duration{"/aws/lambda/svc-b": 20 * time.Second},
		}
		var want []string
		for i := range 300 {
			line := fakeLine{at: time.Duration(i/3) * time.Second, text: fmt.Sprintf("event %d", i)}
			if i%7 == 0 {
				line.late = 25 * time.Second
			}
			fake.groups["/aws/lambda/svc-a"] = append(fake.groups["/aws/lambda/svc-a"], line)
			want = append(want, line.text)
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Hour, cancel) // a request for each event takes long
		var stdout, log bytes.Buffer
		if err := newReader(fake, &stdout, &log, "a", "b").Show(ctx, true); err != nil {
			t.Errorf("interrupted: %v", err)
		}
		var got []string
		for line := range strings.Lines(stdout.String()) {
			fields := strings.Fields(line)
			got = append(got, strings.Join(fields[2:], " "))
		}
		slices.Sort(got)
		want = append(want, "event of b")
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("shown are %d events, want each of %d once", len(got), len(want))
		}
		if n := strings.Count(log.String(), "b has no log"); n != 1 {
			t.Errorf("the missing group is reported %d times", n)
		}
		last := time.UnixMilli(*fake.inputs[len(fake.inputs)-1].StartTime)
		if last.Before(bubbleStart.Add(time.Minute)) {
			t.Errorf("the last request looks back to %s", last)
		}
	})
}

func TestLogsThatCannotBeRead(t *testing.T) {
	var stdout, log bytes.Buffer
	fake := &fakeLogs{refusal: refusal(400, "AccessDeniedException", "no")}
	err := newReader(fake, &stdout, &log, "a").Show(t.Context(), true)
	if err == nil || !strings.Contains(err.Error(), "read the log of a: logs:FilterLogEvents is denied") {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := newReader(&fakeLogs{}, &stdout, &log, "a").Show(ctx, false); err == nil {
		t.Error("an interrupted look back returns no error")
	}
	for want, options := range map[string]commandline.Logs{
		"-since must not be negative, got -1m0s: use a duration, for example 15m": {Since: -time.Minute},
		`no function "c": choose one of a, b`:                                     {Function: "c"},
	} {
		err := Logs(t.Context(), inspectedService(), LogsOptions{Logs: options})
		if err == nil || err.Error() != want {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

// CloudWatch Logs has a quota for all users of an account, so following many groups must not ask all the time.
func TestFollowingAsksNoFasterThanAllowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fake := &fakeLogs{groups: map[string][]fakeLine{}}
		var functions []string
		for i := range 50 {
			name := fmt.Sprintf("f%d", i)
			functions = append(functions, name)
			fake.groups["/aws/lambda/svc-"+name] = nil
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(10*time.Minute, cancel)
		var stdout, log bytes.Buffer
		if err := newReader(fake, &stdout, &log, functions...).Show(ctx, true); err != nil {
			t.Fatal(err)
		}
		// A round of 50 requests takes 12.5 seconds, and the pause after it grows to 15.
		if n := len(fake.inputs); n > 50*26 || n < 50*20 {
			t.Errorf("%d requests in 10 minutes", n)
		}
	})
}

func TestFollowingContinuesAfterThrottling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fake := &fakeLogs{
			groups:  map[string][]fakeLine{"/aws/lambda/svc-a": {{text: "late"}}},
			refusal: refusal(400, "ThrottlingException", "Rate exceeded"),
			refuses: time.Minute,
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(2*time.Minute, cancel)
		var stdout, log bytes.Buffer
		if err := newReader(fake, &stdout, &log, "a").Show(ctx, true); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(stdout.String(), "late") || !strings.Contains(log.String(), "trying again") {
			t.Errorf("shown %q, messages %q", &stdout, &log)
		}
	})
}
