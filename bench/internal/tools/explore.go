package tools

import (
	"context"
	"fmt"
	"time"

	"github.com/go-sparta/sparta/bench/internal/callers"
	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/randomevent"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/bench/internal/usage"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// exploreClients is how many invocations run at the same time.
const exploreClients = 8

// Explore measures sparta explore as users start it: its throughput, as a multiple of that of processes that are
// invoked directly and of the least server with net/http, without the console and with it, its memory after as many
// invocations as soak's, what it leaves, and the first paint of its console.
func Explore(ctx context.Context, s *session.Session) error {
	stage, err := s.Module.Build(ctx, "echoany")
	if err != nil {
		return err
	}
	event, err := randomevent.Items().Event(1 << 10)
	if err != nil {
		return err
	}
	service, err := startExplore(ctx, s, "echoany", exploreClients)
	if err != nil {
		return err
	}
	defer func() { _ = service.end() }()
	direct, err := directly(ctx, s, stage, event)
	if err != nil {
		return err
	}
	defer direct.Close()
	least, err := startHop(ctx, s, stage, exploreClients)
	if err != nil {
		return err
	}
	defer func() { _ = least.end() }()
	// Last: the server closes connections on which no request arrives for 10 s.
	served, err := callers.HTTP(service.host(), "echoany", event, exploreClients)
	if err != nil {
		return service.explain(err)
	}
	defer served.Close()
	passedOn, err := callers.HTTP(least.host(), "echoany", event, exploreClients)
	if err != nil {
		return least.explain(err)
	}
	defer passedOn.Close()
	if err := exploreRace(ctx, s, service, least, direct, passedOn, served); err != nil {
		return service.explain(err)
	}
	if err := exploreMemory(ctx, s, service, served); err != nil {
		return err
	}
	return firstPaint(ctx, s)
}

// exploreRace compares the throughput, and the processor time that server and functions need.
func exploreRace(
	ctx context.Context, s *session.Session, service *explored, least *server,
	direct, passedOn, served *callers.Callers,
) error {
	times := s.Pick(4000, 800)
	bare := &measure.Contender{
		Name: "bare runtime", Run: direct.Burst(times),
		// The servers are this program's children, too.
		Usage: func() time.Duration { return usage.OwnTime() - service.processorTime() - least.processorTime() },
	}
	hop := &measure.Contender{Name: "net/http alone", Run: passedOn.Burst(times), Usage: least.processorTime}
	ours := &measure.Contender{Name: "explore", Run: served.Burst(times), Usage: service.processorTime}
	watched := &measure.Contender{
		Name: "explore with the console",
		Run: func(ctx context.Context) (time.Duration, error) {
			leave, err := service.openConsole(ctx)
			if err != nil {
				return 0, err
			}
			defer leave()
			return served.Burst(times)(ctx)
		},
		Usage: service.processorTime,
	}
	// Starts the environments. The server waits for the first request for 10 s at most, so it begins.
	if err := measure.WarmUp(ctx, 2, ours, watched, hop, bare); err != nil {
		return err
	}
	if err := measure.Race(ctx, s.Pick(15, 5), bare, hop, ours, watched); err != nil {
		return err
	}
	what := fmt.Sprintf("%d echoes (any) of 1 KB, %d at a time", times, exploreClients)
	s.Add("explore", what, report.Compare(ours, bare, 1.2))
	s.Add("explore", what+", console open", report.Compare(watched, bare, 0))
	s.Add("explore", what+", processor time", report.CompareCPU(ours, bare, 0))
	s.Add("explore", what+", console open, processor time", report.CompareCPU(watched, bare, 0))
	s.Add("explore", what, report.Compare(ours, hop, 1.2))
	s.Add("explore", what+", processor time", report.CompareCPU(ours, hop, 1.2))
	s.Add("explore", what+", net/http alone", report.Compare(hop, bare, 0))
	s.Add("explore", what+", net/http alone, processor time", report.CompareCPU(hop, bare, 0))
	return nil
}

// exploreMemory invokes until the server has served as many as soak does, and adds its memory and what it leaves.
func exploreMemory(ctx context.Context, s *session.Session, service *explored, served *callers.Callers) error {
	early, err := usage.ResidentMemory(ctx, service.pid())
	if err != nil {
		s.Add("explore", "memory: "+err.Error(), report.Row{Verdict: report.Skipped})
		return nil
	}
	if _, err := served.Burst(s.Invocations)(ctx); err != nil {
		return err
	}
	late, err := usage.ResidentMemory(ctx, service.pid())
	if err != nil {
		return err
	}
	s.Add("explore", fmt.Sprintf("resident memory after %d invocations", s.Invocations), report.Row{
		Figure: fmt.Sprintf("%.1f MB", late), Peer: fmt.Sprintf("%.1f MB before them", early),
		Value: late, Unit: "MB", Bound: 60,
	})
	if peak, err := usage.PeakMemory(service.pid()); err == nil {
		s.Add("explore", "the most that was resident, with the builds", report.Row{
			Figure: fmt.Sprintf("%.1f MB", peak), Value: peak, Unit: "MB", Bound: 60,
		})
	}
	served.Close()
	processes := usage.FamilyOf(service.pid())
	begin := time.Now()
	if err := service.end(); err != nil {
		return err
	}
	s.Add("explore", "end after Ctrl-C", report.Row{
		Figure: measure.Shown(time.Since(begin)), Value: time.Since(begin).Seconds(), Unit: "s", Bound: 2,
	})
	left, verdict := service.leftovers(processes), report.Pass
	if len(left) > 0 {
		verdict = report.Miss
		s.Say("explore has left %q", left)
	}
	s.Add("explore", "processes and files left", report.Row{Figure: fmt.Sprint(len(left)), Verdict: verdict})
	return nil
}

// directly returns callers of processes of their own.
func directly(ctx context.Context, s *session.Session, stage string, event []byte) (*callers.Callers, error) {
	c := new(callers.Callers)
	for range exploreClients {
		p, err := s.Start(ctx, lambdaruntime.Options{Dir: stage, Handler: "index.handler"})
		if err != nil {
			c.Close()
			return nil, err
		}
		c.Add(func(ctx context.Context) error {
			response, err := session.Invoke(ctx, p, event)
			if err == nil && len(response.Payload) < len(event)/2 { // warm checks answers
				err = fmt.Errorf("answered %.300q", response.Payload)
			}
			return err
		}, p)
	}
	return c, nil
}
