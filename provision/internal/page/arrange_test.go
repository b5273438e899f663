package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// warehouse has many functions, which share resources and a role. Some have resources of their own, too.
func warehouse() Service {
	service := Service{Name: "Warehouse"}
	for i := range 20 {
		own := make([]sparta.IAMRolePrivilege, i%4)
		for n := range own {
			own[n] = sparta.IAMRolePrivilege{
				Actions: []string{"s3:GetObject"}, Resource: fmt.Sprintf("arn:aws:s3:::bucket-%d-%d/*", i, n),
			}
		}
		role := any(sparta.IAMRoleDefinition{Privileges: append(own, sparta.IAMRolePrivilege{
			Actions:  []string{"sqs:SendMessage"},
			Resource: fmt.Sprintf("arn:aws:sqs:eu-west-1:123456789012:queue-%d", i%5),
		})})
		if i%7 == 3 {
			role = "shared-role"
		}
		service.Functions = append(service.Functions,
			pageFunction(fmt.Sprintf("function_%02d", i), role, func(o *sparta.LambdaFunctionOptions) {
				if i%3 == 0 {
					o.FunctionURL = &sparta.LambdaFunctionURL{}
				}
				o.Edge = i%10 == 1
			}))
	}
	return service
}

func TestEachBoxStandsBesideAFunctionThatItBelongsTo(t *testing.T) {
	for _, service := range []Service{shop(), warehouse()} {
		described, err := newPage(service)
		if err != nil {
			t.Fatal(err)
		}
		columns := described.Picture.Columns
		var functions []*box
		for _, column := range columns {
			if column.Heading == "Functions" {
				functions = column.Boxes
			}
		}
		if len(functions) != len(service.Functions) {
			t.Fatalf("%d functions are shown, want %d", len(functions), len(service.Functions))
		}
		for _, column := range columns {
			if !slices.IsSortedFunc(column.Boxes, func(a, b *box) int { return a.Y - b.Y }) {
				t.Errorf("the boxes of %s are not in the order from top to bottom", column.Heading)
			}
			for _, b := range column.Boxes {
				if nearest := nearestTo(b, functions); !slices.Contains(b.functions, nearest) {
					t.Errorf("%s of %s stands beside %s, and belongs to %v", b.Title, column.Heading,
						functions[nearest].Title, b.functions)
				}
			}
		}
	}
}

// nearestTo is the number of the function whose box is nearest in height. Halfway between two functions, it is the one
// that the box belongs to.
func nearestTo(b *box, functions []*box) int {
	distance := func(n int) int { return max(functions[n].Y-b.Y, b.Y-functions[n].Y) }
	nearest := 0
	for n := range functions {
		if distance(n) < distance(nearest) ||
			distance(n) == distance(nearest) && slices.Contains(b.functions, n) {
			nearest = n
		}
	}
	return nearest
}

// Boxes of a function without others of its own take no more height than the function.
func TestThePictureIsNoHigherThanItsRows(t *testing.T) {
	service := warehouse()
	described, err := newPage(service)
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for i, card := range described.Functions {
		own := 1
		if card.RoleName == "" {
			own = max(1, i%4)
		}
		rows += own
	}
	// The five queues are beside functions with no bucket, which have room for them.
	if want := headingHeight + rows*(boxHeight+boxGap) - boxGap + 2*margin; described.Picture.Height != want {
		t.Errorf("the picture is %d pixels high, want %d", described.Picture.Height, want)
	}
}

func TestAResourceIsOneBox(t *testing.T) {
	const queue = "arn:aws:sqs:eu-west-1:123456789012:shipments"
	send := func(resource any) sparta.IAMRoleDefinition {
		return sparta.IAMRoleDefinition{Privileges: []sparta.IAMRolePrivilege{
			{Actions: []string{"sqs:SendMessage"}, Resource: resource},
		}}
	}
	lost := func(target any) func(*sparta.LambdaFunctionOptions) {
		return func(o *sparta.LambdaFunctionOptions) { o.DeadLetterConfigArn = target }
	}
	for name, test := range map[string]struct {
		functions []*sparta.LambdaAWSInfo
		want      []string // titles and subtitles
	}{
		"a queue for messages and dead letters of a function": {
			[]*sparta.LambdaAWSInfo{pageFunction("a", send(queue), lost(queue))},
			[]string{"shipments: dead letters, sqs"},
		},
		"of two functions": {
			[]*sparta.LambdaAWSInfo{
				pageFunction("a", send(queue), nil),
				pageFunction("b", sparta.IAMRoleDefinition{}, lost(queue)),
			},
			[]string{"shipments: sqs, dead letters"},
		},
		"a queue of the template, in different words": {
			[]*sparta.LambdaAWSInfo{
				pageFunction("a", send(cloudformation.Sub("${Lost.Arn}")), lost(cloudformation.GetAtt{"Lost", "Arn"})),
			},
			[]string{"Lost.Arn: dead letters, sqs"},
		},
		"two queues": {
			[]*sparta.LambdaAWSInfo{pageFunction("a", send(queue+"-2"), lost(queue))},
			[]string{"shipments: dead letters", "shipments-2: sqs"},
		},
		"everything of two services": {
			[]*sparta.LambdaAWSInfo{
				pageFunction("a", send("*"), nil),
				pageFunction("b", sparta.IAMRoleDefinition{Privileges: []sparta.IAMRolePrivilege{
					{Actions: []string{"ses:SendEmail"}, Resource: "*"},
				}}, nil),
			},
			[]string{"everything: sqs", "everything: ses"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			described, err := newPage(Service{Name: "Shop", Functions: test.functions})
			if err != nil {
				t.Fatal(err)
			}
			columns := described.Picture.Columns
			var got []string
			for _, b := range columns[len(columns)-1].Boxes {
				got = append(got, b.Title+": "+b.Subtitle)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("boxes are %q, want %q", got, test.want)
			}
			if links := len(described.Picture.Links); links < len(test.functions)+len(test.want) {
				t.Errorf("%d links are too few", links)
			}
		})
	}
}

// The picture is a region that the keyboard can scroll, and says that there is more where it does not fit.
func TestThePictureScrollsWithACue(t *testing.T) {
	page := described(t, shop())
	shown, err := shopPage()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<div class="scroll" role="region" tabindex="0" aria-label="Picture of Shop">`,
		`<p class="hint soft">The picture is wider than the window: scroll it sideways.</p>`,
		fmt.Sprintf(".picture svg { max-width: 100%%; min-width: %dpx; height: auto; }", shown.Picture.Width*79/100),
		fmt.Sprintf("@container (max-width: %dpx) { .hint { display: block; }", shown.Picture.Width*79/100-1),
		`role="group" aria-label="What invokes`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestTheLegendExplainsTheLinesThatAreDrawn(t *testing.T) {
	const open = "anybody on the internet may invoke the function"
	if page := described(t, shop()); !strings.Contains(page, open) {
		t.Error("the legend does not explain the dashed line")
	}
	page := described(t, warehouse())
	if strings.Contains(page, open) || !strings.Contains(page, "invokes, has, or may use") {
		t.Error("the legend explains a line that is not drawn, or does not explain one that is")
	}
}
