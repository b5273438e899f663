package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/provision/internal/show"
)

// picture shows a service as boxes in columns, from what invokes a function to what it may use, with lines between
// them. Lengths are in pixels.
type picture struct {
	Width, Height int
	Columns       []column
	Links         []link
	Open          bool // one of the links is
}

type column struct {
	Heading string
	X       int
	Boxes   []*box
}

type box struct {
	Kind            string // class of the style: trigger, function, role or resource
	Title, Subtitle string // as short as the box needs
	Full            string // in full, for the pointer's tip
	Target          string // id of its place on the page; empty means none
	X, Y            int

	// Of what leads to a function: its first one's name, and what the console shows for it, as in show.Neighbour.
	Function, Sample, Request string
	IsSite                    bool

	uses      []string // of a resource, for its subtitle
	functions []int    // the numbers of the functions that it belongs to
}

type link struct {
	Path string // of SVG
	Open bool   // anybody may come this way
}

const (
	boxWidth, boxHeight   = 232, 54
	boxGap, columnGap     = 18, 76
	margin, headingHeight = 8, 34
	titleLength           = 22 // characters that fit, whatever the font
	subtitleLength        = 31
	leastPercent          = 79 // share of its width below which it is not shrunk: titles of 14 pixels keep 11
)

// BoxWidth and BoxHeight are for the template.
func (picture) BoxWidth() int  { return boxWidth }
func (picture) BoxHeight() int { return boxHeight }

// LeastWidth is the width below which the picture is not shrunk.
func (p picture) LeastWidth() int { return p.Width * leastPercent / 100 }

// LastPixel is the greatest width in which not even the shrunk picture fits.
func (p picture) LastPixel() int { return p.LeastWidth() - 1 }

// drawing collects the parts of a picture.
type drawing struct {
	columns   [4]column
	functions int // how many have been added
	known     map[string]*box
	joined    [][2]*box
	open      map[*box]bool
}

// The numbers of the columns.
const (
	triggers = iota
	functions
	roles
	resources
)

func draw(cards []functionCard, site *siteCard) picture {
	d := drawing{known: map[string]*box{}, open: map[*box]bool{}}
	for i, heading := range []string{"Triggers", "Functions", "Roles", "May use"} {
		d.columns[i].Heading = heading
	}
	for i := range cards {
		d.add(&cards[i])
	}
	if site != nil {
		d.addSite(site)
	}
	return d.finish()
}

func (d *drawing) add(card *functionCard) {
	d.functions++
	function := d.box(functions, card.Title, card.Name, fmt.Sprintf("%d MB · %d s", card.MemorySize, card.Timeout))
	function.Target, function.Function = card.ID, card.Name
	for _, neighbour := range card.Neighbours {
		if neighbour.Invokes {
			trigger := d.box(triggers, neighbour.Name, neighbour.Title, neighbour.Subtitle)
			d.open[trigger] = neighbour.Open
			if trigger.Function == "" {
				trigger.Target, trigger.Function = card.ID, card.Name
				trigger.Sample, trigger.Request = neighbour.Sample, neighbour.Request
				if neighbour.Request != "" && neighbour.Request != show.URLRequest {
					trigger.Target = "api"
				}
			}
			d.join(trigger, function)
		}
	}
	role := d.role(card)
	d.join(function, role)
	for _, neighbour := range card.Neighbours {
		if !neighbour.Invokes {
			d.join(role, d.resource(neighbour.Title, neighbour.Subtitle))
		}
	}
	for _, statement := range card.Statements[ownStatements(card):] {
		for _, resource := range statement.Resources {
			d.join(role, d.resource(resource, servicesOf(statement.Actions)...))
		}
	}
}

// addSite adds the site, which invokes nothing, in a row of its own.
func (d *drawing) addSite(card *siteCard) {
	d.functions++
	site := d.box(triggers, "site", "Site", "the files in "+card.Dir)
	site.Target, site.IsSite = "site", true
	d.columns[triggers].Heading = "Triggers and site"
}

func (d *drawing) role(card *functionCard) *box {
	if card.RoleName != "" {
		return d.box(roles, card.RoleName, resourceTitle(card.RoleName), "exists already")
	}
	role := d.box(roles, "role "+card.Name, card.Name+"'s own", show.Count(len(card.Statements), "statement"))
	role.Target, role.Function = card.ID, card.Name
	return role
}

// ownStatements is how many of a role's statements follow from the function's settings. The picture shows the others.
func ownStatements(card *functionCard) int {
	return len(card.Statements) - len(card.Privileges)
}

// resource returns the box of a resource, whatever it is used for: a queue of dead letters may also be one that a
// function sends to. "*" is not one resource, but another for each service.
func (d *drawing) resource(resource string, uses ...string) *box {
	key := substituted(resource)
	title := resourceTitle(key)
	if key == "*" {
		key = strings.Join(uses, ", ") + " *"
	}
	b := d.box(resources, key, title, "")
	for _, use := range uses {
		if !slices.Contains(b.uses, use) {
			b.uses = append(b.uses, use)
		}
	}
	uses = b.uses
	b.Subtitle = shortened(strings.Join(uses, ", "), subtitleLength)
	b.Full = resource + " · " + strings.Join(uses, ", ")
	return b
}

// box returns the box of a column with this key, and adds it if there is none. It belongs to the newest function.
func (d *drawing) box(column int, key, title, subtitle string) *box {
	kind := [...]string{"trigger", "function", "role", "resource"}[column]
	b := d.known[kind+" "+key]
	if b == nil {
		b = &box{
			Kind:     kind,
			Full:     title + " · " + subtitle,
			Title:    shortened(title, titleLength),
			Subtitle: shortened(subtitle, subtitleLength),
		}
		d.known[kind+" "+key] = b
		d.columns[column].Boxes = append(d.columns[column].Boxes, b)
	}
	if newest := d.functions - 1; !slices.Contains(b.functions, newest) {
		b.functions = append(b.functions, newest)
	}
	return b
}

func (d *drawing) join(from, to *box) {
	if pair := [2]*box{from, to}; !slices.Contains(d.joined, pair) {
		d.joined = append(d.joined, pair)
	}
}

// finish places the boxes and draws the links.
func (d *drawing) finish() picture {
	p := picture{Height: headingHeight + d.arrange() + margin}
	x := margin
	for _, column := range d.columns {
		if len(column.Boxes) == 0 {
			continue
		}
		column.X = x
		for _, box := range column.Boxes {
			box.X = x
		}
		x += boxWidth + columnGap
		p.Columns = append(p.Columns, column)
	}
	p.Width = x - columnGap + margin
	for _, pair := range d.joined {
		from, to := pair[0], pair[1]
		x1, y1, x2, y2 := from.X+boxWidth, from.Y+boxHeight/2, to.X-2, to.Y+boxHeight/2
		half := (x2 - x1) / 2
		p.Links = append(p.Links, link{
			Path: fmt.Sprintf("M%d %dC%d %d %d %d %d %d", x1, y1, x1+half, y1, x2-half, y2, x2, y2),
			Open: d.open[from],
		})
		p.Open = p.Open || d.open[from]
	}
	return p
}

// servicesOf names the AWS services of some actions.
func servicesOf(actions []string) []string {
	var services []string
	for _, action := range actions {
		service, _, _ := strings.Cut(action, ":")
		if !slices.Contains(services, service) {
			services = append(services, service)
		}
	}
	return services
}

// substituted is the resource that a text such as ${Queue.Arn} consists of, so that it is the same as Queue.Arn.
func substituted(resource string) string {
	inner, isOne := strings.CutPrefix(resource, "${")
	if inner, isWhole := strings.CutSuffix(inner, "}"); isOne && isWhole && !strings.ContainsAny(inner, "${}!") {
		return inner
	}
	return resource
}

// resourceTitle is the part of an ARN that distinguishes a resource from others of its service.
func resourceTitle(resource string) string {
	if resource == "*" {
		return "everything"
	}
	// The colons of ${AWS::Region} and the like are not the ARN's.
	const colons, masked = "${AWS::", "${AWS\x00"
	parts := strings.SplitN(strings.ReplaceAll(resource, colons, masked), ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return resource
	}
	return cmp.Or(strings.ReplaceAll(parts[5], masked, colons), resource)
}

// shortened leaves out the middle of a long text.
func shortened(text string, length int) string {
	runes := []rune(text)
	if len(runes) <= length {
		return text
	}
	head := length * 2 / 3
	return string(runes[:head]) + "…" + string(runes[len(runes)-(length-head-1):])
}
