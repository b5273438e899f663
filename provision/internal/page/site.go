package page

import (
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/site"
	"github.com/go-sparta/sparta/sparta"
)

// siteCard is the service's site in words.
type siteCard struct {
	Dir   string
	Facts []show.Fact
}

// addSite adds the service's site, which may be nil. It returns an error if the site is invalid.
func (p *page) addSite(described *sparta.S3Site) error {
	if described == nil {
		return nil
	}
	if err := site.Check(described); err != nil {
		return err
	}
	p.Site = &siteCard{Dir: described.Dir, Facts: site.Facts(described)}
	p.Picture = draw(p.Functions, p.Site)
	return nil
}
