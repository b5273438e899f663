package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/local"
	"github.com/go-sparta/sparta/sparta"
)

// picture draws the pretended service.
func (s *service) picture() string {
	s.mu.Lock()
	more, described := s.more, s.described
	s.mu.Unlock()
	if described != nil {
		return described.Picture
	}
	role := sparta.IAMRoleDefinition{Privileges: []sparta.IAMRolePrivilege{
		{Actions: []string{"dynamodb:PutItem"}, Resource: cloudformation.GetAtt{"Orders", "Arn"}},
	}}
	take := sparta.HandleAWSLambda("take", func() error { return nil }, role)
	take.EventSourceMappings = append(take.EventSourceMappings,
		&sparta.EventSourceMapping{EventSourceArn: "arn:aws:sqs:eu-west-1:123456789012:orders"})
	take.Permissions = append(take.Permissions, sparta.CloudWatchEventsPermission{
		Rules: map[string]sparta.CloudWatchEventsRule{"nightly": {ScheduleExpression: "rate(1 day)"}},
	})
	shop := sparta.HandleAWSLambda("shop", func() error { return nil }, sparta.IAMRoleDefinition{})
	train := sparta.HandleAWSLambda("train", func() error { return nil }, sparta.IAMRoleDefinition{})
	train.Options.FunctionURL = &sparta.LambdaFunctionURL{AuthType: "NONE"}
	functions := []*sparta.LambdaAWSInfo{take, shop, train}
	if more {
		functions = append(functions, sparta.HandleAWSLambda("slow", func() error { return nil }, "existing-role"))
	}
	description, err := sparta.NewServiceDescription("Shop", "", functions, nil)
	if err != nil {
		panic(err)
	}
	description.API = sparta.NewHTTPAPI("shop", sparta.NewStage("v1"))
	description.API.NewRoute("GET /", shop)
	description.API.NewRoute("POST /orders", take)
	description.Site = &sparta.S3Site{Dir: "public"}
	picture, err := local.Picture(description, functions, nil)
	if err != nil {
		panic(err)
	}
	return picture
}

func openPicture(t *testing.T) (*service, *tab) {
	t.Helper()
	s, p := openConsole(t)
	p.click("#open-picture")
	p.until("document.querySelector('dialog svg a')")
	return s, p
}

// event is what the editor has.
const event = "document.querySelector('#text').value"

func TestThePictureLeadsToFunctionsRoutesAndSources(t *testing.T) {
	for name, test := range map[string]struct{ link, title, event string }{
		"a function":     {"[href='#function-shop']:has(.function)", "shop", ""},
		"a route":        {"[data-request='POST /orders']", "take", `"routeKey": "POST /orders"`},
		"a function URL": {"[data-request=URL]", "train", `"routeKey": "URL"`},
		"a queue":        {"[data-sample=sqs]", "take", `"source": "sqs"`},
		"a schedule":     {"[data-sample=schedule]", "take", `"source": "schedule"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, p := openPicture(t)
			p.run(chromedp.Click(chromedp.CSS("dialog svg a" + test.link)))
			p.shows("#event-title", "Event for "+test.title)
			p.until("!document.querySelector('dialog').open")
			p.until(event + ".includes(" + quote(test.event) + ")")
			p.until("document.activeElement.id === 'text'")
			p.isSilent()
		})
	}
}

func TestThePictureIsUsedWithTheKeyboard(t *testing.T) {
	_, p := openConsole(t)
	p.run(chromedp.KeyEvent("p"))
	p.until("document.querySelector('dialog svg a')")
	const focused = "document.activeElement.dataset?.request === 'POST /orders'"
	for range 30 {
		if eval[bool](p, focused) {
			break
		}
		p.run(chromedp.KeyEvent("\t"))
	}
	p.until(focused)
	p.run(chromedp.KeyEvent("\r"))
	p.shows("#event-title", "Event for take")
	p.until(event + ".includes('POST /orders')")
	p.isSilent()
}

func TestThePictureFollowsTheService(t *testing.T) {
	s, p := openPicture(t)
	if eval[bool](p, "Boolean(document.querySelector('dialog svg a[data-function=slow]'))") {
		t.Fatal("the picture shows a function that the service does not have")
	}
	s.mu.Lock()
	s.more = true
	s.mu.Unlock()
	p.until("document.querySelector('dialog svg a[data-function=slow]')")
	p.isSilent()
}

// The picture is shrunk to the width of the window, unless its titles would become too small to read.
func TestThePictureFitsTheWindow(t *testing.T) {
	for _, width := range []int64{400, 800, 1200, 2000} {
		for _, dark := range []bool{false, true} {
			s := start(t)
			p := open(t, s.address(), look{width, 800, dark})
			p.shows("#service", "Shop")
			p.run(chromedp.KeyEvent("p"))
			p.until("document.querySelector('dialog svg a')")
			const measure = `(() => {
				const region = document.querySelector('.picture'), svg = region.querySelector('svg');
				const box = svg.getBoundingClientRect(), title = getComputedStyle(svg.querySelector('.title'));
				return [region.scrollWidth - region.clientWidth, box.width / svg.viewBox.baseVal.width,
					box.height / svg.viewBox.baseVal.height, parseFloat(title.fontSize),
					region.scrollWidth - Math.ceil(box.width)];
			})()`
			p.screenshot(fmt.Sprintf("picture-%d-dark=%t", width, dark))
			got := eval[[]float64](p, measure)
			hidden, scale, height, title, beside := got[0], got[1], got[2], got[3], got[4]
			if scale > 1 || height-scale > 0.01 || scale-height > 0.01 {
				t.Errorf("%d pixels: the picture is shrunk to %.2f of its width and %.2f of its height", width, scale,
					height)
			}
			if title*scale < 11 {
				t.Errorf("%d pixels: titles have %.1f pixels", width, title*scale)
			}
			if fits := width >= 1200; fits == (hidden > 0) {
				t.Errorf("%d pixels: %.0f pixels of the picture are out of sight", width, hidden)
			}
			if hidden > 0 && beside > 1 {
				t.Errorf("%d pixels: there are %.0f pixels of nothing beside the picture", width, beside)
			}
			p.isSilent()
		}
	}
}
