package page

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

func shop() Service {
	return Service{Name: "Shop", Description: "Takes <orders> & \"ships\" them", Functions: []*sparta.LambdaAWSInfo{
		pageFunction("take", sparta.IAMRoleDefinition{Privileges: []sparta.IAMRolePrivilege{
			{Actions: []string{"dynamodb:PutItem"}, Resource: cloudformation.GetAtt{"Orders", "Arn"}},
			{
				Actions: []string{"s3:PutObject"},
				Resource: []any{
					"arn:aws:s3:::receipts/*", cloudformation.Sub("arn:${AWS::Partition}:s3:::${Bucket}/*"),
				},
				Condition: map[string]any{"Bool": map[string]any{"aws:SecureTransport": "true"}},
			},
		}}, func(o *sparta.LambdaFunctionOptions) {
			o.FunctionURL = &sparta.LambdaFunctionURL{AuthType: "NONE"}
			o.Environment = map[string]any{"API_KEY": "canary-text", "TABLE": cloudformation.Ref("CanaryTable")}
			o.Description = "</style><script>alert(1)</script>"
		}),
		pageFunction("ship", sparta.IAMRoleDefinition{Privileges: []sparta.IAMRolePrivilege{
			{Actions: []string{"dynamodb:PutItem"}, Resource: cloudformation.GetAtt{"Orders", "Arn"}},
		}}, func(o *sparta.LambdaFunctionOptions) {
			o.FunctionURL = &sparta.LambdaFunctionURL{}
			o.DeadLetterConfigArn = "arn:aws:sqs:eu-west-1:123456789012:lost"
			o.VpcConfig = &sparta.LambdaFunctionVPCConfig{SecurityGroupIDs: []any{"sg-1"}, SubnetIDs: []any{"subnet-1"}}
			o.FileSystemConfigs = []sparta.LambdaFunctionFileSystemConfig{
				{Arn: cloudformation.GetAtt{"Files", "Arn"}, LocalMountPath: "/mnt/data"},
			}
		}),
		pageFunction("at_the_edge_with_a_long_name", "shared-role", func(o *sparta.LambdaFunctionOptions) {
			o.Edge = true
		}),
		pageFunction("report", "shared-role", nil),
	}}
}

func pageFunction(name string, role any, change func(*sparta.LambdaFunctionOptions)) *sparta.LambdaAWSInfo {
	info := sparta.HandleAWSLambda(name, func() {}, role)
	if change != nil {
		change(info.Options)
	}
	return info
}

func shopPage() (*page, error) {
	service := shop()
	service.Hooks = nil
	return newPage(service)
}

func described(t *testing.T, service Service) string {
	t.Helper()
	var page strings.Builder
	if err := Write(service, &page); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

func TestThePageHoldsNoSecretsAndNeedsNothingElse(t *testing.T) {
	page := described(t, shop())
	for _, want := range []string{
		"<h1>Shop</h1>",
		"Takes &lt;orders&gt; &amp; &#34;ships&#34; them",
		`<code class="chip">API_KEY</code>`,
		`<code class="chip">TABLE</code>`,
		"&lt;script&gt;",
		"Shop-take",
		"dynamodb:PutItem",
		"Orders.Arn",
		"shared-role",
		"open to everybody",
		"logs:PutLogEvents",
		"if {&#34;Bool&#34;:",
		"prefers-color-scheme: dark",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, unwanted := range []string{
		"canary", "Canary", "<script", "ZgotmplZ", "no value", "src=", "@import", "url(h", "http://", "https://",
	} {
		if strings.Contains(page, unwanted) {
			t.Errorf("the page has %s", unwanted)
		}
	}
	for _, reference := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if id, ok := strings.CutPrefix(reference[1], "#"); !ok || !strings.Contains(page, `id="`+id+`"`) {
			t.Errorf("the page refers to %s", reference[1])
		}
	}
	if described(t, shop()) != page {
		t.Error("the page of the same service differs")
	}
}

// The picture is well-formed, and nothing in it overlaps or is out of sight.
func TestThePictureIsInOrder(t *testing.T) {
	page := described(t, shop())
	svg := page[strings.Index(page, "<svg") : strings.Index(page, "</svg>")+len("</svg>")]
	for decoder := xml.NewDecoder(strings.NewReader(svg)); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	described, err := shopPage()
	if err != nil {
		t.Fatal(err)
	}
	var boxes []*box
	var headings []string
	for _, column := range described.Picture.Columns {
		headings = append(headings, column.Heading)
		for _, b := range column.Boxes {
			if b.X < 0 || b.X+boxWidth > described.Picture.Width ||
				b.Y < headingHeight || b.Y+boxHeight > described.Picture.Height {
				t.Errorf("box %s at %d, %d is out of sight", b.Title, b.X, b.Y)
			}
			for _, other := range boxes {
				if other.X == b.X && b.Y < other.Y+boxHeight && other.Y < b.Y+boxHeight {
					t.Errorf("boxes %s and %s overlap", other.Title, b.Title)
				}
			}
			if len([]rune(b.Title)) > titleLength || len([]rune(b.Subtitle)) > subtitleLength {
				t.Errorf("box %q, %q is too narrow for that", b.Title, b.Subtitle)
			}
			boxes = append(boxes, b)
		}
	}
	if want := []string{"Triggers", "Functions", "Roles", "May use"}; !slices.Equal(headings, want) {
		t.Errorf("columns are %v", headings)
	}
}

func TestThePictureLinksWhatBelongsTogether(t *testing.T) {
	described, err := shopPage()
	if err != nil {
		t.Fatal(err)
	}
	d := drawing{known: map[string]*box{}, open: map[*box]bool{}}
	for i := range described.Functions {
		d.add(&described.Functions[i])
	}
	var got []string
	for _, pair := range d.joined {
		got = append(got, pair[0].Title+" > "+pair[1].Title)
	}
	want := []string{
		"Function URL > take",
		"take > take's own",
		"take's own > Orders.Arn",
		"take's own > receipts/*",
		"take's own > ${Bucket}/*",
		"Function URL > ship",
		"ship > ship's own",
		"ship's own > Files.Arn",
		"ship's own > lost",
		"ship's own > Orders.Arn",
		"CloudFront > at_the_edge_wi…ng_name", "at_the_edge_wi…ng_name > shared-role", "report > shared-role",
	}
	if !slices.Equal(got, want) {
		t.Errorf("links are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(d.columns[2].Boxes) != 3 || len(d.columns[3].Boxes) != 5 {
		t.Errorf("%d roles and %d resources, want what is shared once", len(d.columns[2].Boxes),
			len(d.columns[3].Boxes))
	}
	open := 0
	for _, link := range described.Picture.Links {
		if link.Open {
			open++
		}
	}
	if open != 1 {
		t.Errorf("%d ways are open to everybody, want 1", open)
	}
}

func TestThePageHasTheLayerOfPythonPackages(t *testing.T) {
	for layer, want := range map[bool]int{false: 0, true: 4} {
		service := shop()
		service.PythonLayer = layer
		var page strings.Builder
		if err := Write(service, &page); err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(page.String(), "layer PythonPackagesLayer"); got != want {
			t.Errorf("with a layer %v, %d functions have it, want %d", layer, got, want)
		}
	}
}

func TestAServiceOfOneFunctionIsAPageToo(t *testing.T) {
	page := described(t,
		Service{
			Name: "Hello", Functions: []*sparta.LambdaAWSInfo{pageFunction("f", sparta.IAMRoleDefinition{}, nil)},
		})
	if strings.Contains(page, "Triggers") || strings.Contains(page, "May use") || !strings.Contains(page, "Functions") {
		t.Error("columns that hold nothing are shown, or ones that do are not")
	}
}

func TestAnInvalidServiceHasNoPage(t *testing.T) {
	var page strings.Builder
	if err := Write(Service{Name: "Shop"}, &page); err == nil || page.Len() > 0 {
		t.Errorf("error %v, page %q", err, page.String())
	}
}

// TestTheConsoleFindsThePicture: templates/console/picture.js takes the picture out of the page, and looks for
// functions in the addresses of its links.
func TestTheConsoleFindsThePicture(t *testing.T) {
	page := described(t, shop())
	for _, want := range []string{
		"<svg viewBox=", ` data-least-width="`, "\n  role=\"group\"", `<a href="#function-take" data-function="take">`,
	} {
		if strings.Count(page, want) == 0 {
			t.Errorf("the page does not contain %s", want)
		}
	}
	if n := strings.Count(page, `role="group"`); n != 1 {
		t.Errorf("%d elements are groups, want only the picture", n)
	}
}
