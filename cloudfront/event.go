package cloudfront

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Config describes an event.
type Config struct {
	DistributionDomainName string
	DistributionID         string
	EventType              EventType
	RequestID              string // also in CloudFront's access logs

	object object
}

func (c *Config) fields() []field {
	return []field{
		{"distributionDomainName", &c.DistributionDomainName},
		{"distributionId", &c.DistributionID},
		{"eventType", &c.EventType},
		{"requestId", &c.RequestID},
	}
}

// UnmarshalJSON reads the configuration in an event.
func (c *Config) UnmarshalJSON(text []byte) error { return c.read(slices.Clone(text)) }

func (c *Config) read(text []byte) error { return c.object.read(text, c.fields()...) }

// MarshalJSON writes the configuration of an event.
func (c Config) MarshalJSON() ([]byte, error) { return c.object.encode(c.fields()...) }

// RequestEvent is a viewer-request or an origin-request event.
type RequestEvent struct {
	Config  Config
	Request *Request

	objects [3]object // the event, its record, and cf in that
}

// ResponseEvent is an origin-response or a viewer-response event.
type ResponseEvent struct {
	Config   Config
	Request  *Request // to which the response belongs; changes have no effect
	Response *Response

	objects [3]object
}

// ViewerRequestEvent is the event before CloudFront looks into its cache.
type ViewerRequestEvent struct{ RequestEvent }

// OriginRequestEvent is the event before CloudFront sends a request to the origin.
type OriginRequestEvent struct{ RequestEvent }

// OriginResponseEvent is the event before CloudFront stores the origin's response in its cache.
type OriginResponseEvent struct{ ResponseEvent }

// ViewerResponseEvent is the event before CloudFront sends a response to the viewer.
type ViewerResponseEvent struct{ ResponseEvent }

// NewResponse returns a response for CloudFront to send instead of continuing with the request.
func (e *RequestEvent) NewResponse(status int) *Response {
	return &Response{Status: status, Headers: Headers{event: e.Config.EventType}, event: e.Config.EventType}
}

// UnmarshalJSON reads an event of CloudFront.
func (e *RequestEvent) UnmarshalJSON(text []byte) error {
	err := decodeEvent(text, &e.objects, field{"config", &e.Config}, field{"request", &e.Request})
	switch event := e.Config.EventType; {
	case err != nil:
		return err
	case event != ViewerRequest && event != OriginRequest || e.Request == nil:
		return fmt.Errorf("event of type %q is not a request event: associate the function with %s or %s", event,
			ViewerRequest, OriginRequest)
	}
	e.Request.bind(e.Config.EventType)
	return nil
}

// MarshalJSON writes the event as CloudFront does.
func (e RequestEvent) MarshalJSON() ([]byte, error) {
	return encodeEvent(e.objects, field{"config", &e.Config}, field{"request", &e.Request})
}

// UnmarshalJSON reads an event of CloudFront.
func (e *ResponseEvent) UnmarshalJSON(text []byte) error {
	err := decodeEvent(text, &e.objects,
		field{"config", &e.Config}, field{"request", &e.Request}, field{"response", &e.Response})
	switch event := e.Config.EventType; {
	case err != nil:
		return err
	case event != OriginResponse && event != ViewerResponse || e.Request == nil || e.Response == nil:
		return fmt.Errorf("event of type %q is not a response event: associate the function with %s or %s", event,
			OriginResponse, ViewerResponse)
	}
	e.Request.bind(e.Config.EventType)
	e.Response.event, e.Response.Headers.event = e.Config.EventType, e.Config.EventType
	return nil
}

// MarshalJSON writes the event as CloudFront does.
func (e ResponseEvent) MarshalJSON() ([]byte, error) {
	return encodeEvent(e.objects,
		field{"config", &e.Config}, field{"request", &e.Request}, field{"response", &e.Response})
}

// UnmarshalJSON reads an event of CloudFront. It returns an error if it is of another type.
func (e *ViewerRequestEvent) UnmarshalJSON(text []byte) error {
	if err := e.RequestEvent.UnmarshalJSON(text); err != nil {
		return err
	}
	return e.Config.EventType.expect(ViewerRequest)
}

// UnmarshalJSON reads an event of CloudFront. It returns an error if it is of another type.
func (e *OriginRequestEvent) UnmarshalJSON(text []byte) error {
	if err := e.RequestEvent.UnmarshalJSON(text); err != nil {
		return err
	}
	return e.Config.EventType.expect(OriginRequest)
}

// UnmarshalJSON reads an event of CloudFront. It returns an error if it is of another type.
func (e *OriginResponseEvent) UnmarshalJSON(text []byte) error {
	if err := e.ResponseEvent.UnmarshalJSON(text); err != nil {
		return err
	}
	return e.Config.EventType.expect(OriginResponse)
}

// UnmarshalJSON reads an event of CloudFront. It returns an error if it is of another type.
func (e *ViewerResponseEvent) UnmarshalJSON(text []byte) error {
	if err := e.ResponseEvent.UnmarshalJSON(text); err != nil {
		return err
	}
	return e.Config.EventType.expect(ViewerResponse)
}

// decodeEvent reads the fields of cf in the event's record. CloudFront sends one record.
func decodeEvent(text []byte, objects *[3]object, fields ...field) error {
	var all, cf json.RawMessage
	var records []json.RawMessage
	err := objects[0].read(slices.Clone(text), field{"Records", &all})
	if err == nil && all != nil {
		err = eachElement(all, func(raw json.RawMessage) error {
			records = append(records, raw)
			return nil
		})
	}
	if err != nil {
		return fmt.Errorf("read the event: %w", err)
	}
	if len(records) != 1 {
		return errors.New("read the event: it is not an event of CloudFront, which has one record: invoke the " +
			"function with one, for example -sample=viewer-request")
	}
	if err := objects[1].read(records[0], field{"cf", &cf}); err != nil {
		return fmt.Errorf("read the event's record: %w", err)
	}
	if cf == nil {
		return errors.New("read the event's record: it has no cf, so it is not an event of CloudFront: invoke the " +
			"function with one, for example -sample=viewer-request")
	}
	if err := objects[2].read(cf, fields...); err != nil {
		return fmt.Errorf("read the event's record: %w", err)
	}
	return nil
}

func encodeEvent(objects [3]object, fields ...field) ([]byte, error) {
	cf, err := objects[2].encode(fields...)
	if err != nil {
		return nil, err
	}
	raw := json.RawMessage(cf)
	record, err := objects[1].encode(field{"cf", &raw})
	if err != nil {
		return nil, err
	}
	records := json.RawMessage(append(append([]byte{'['}, record...), ']'))
	return objects[0].encode(field{"Records", &records})
}
