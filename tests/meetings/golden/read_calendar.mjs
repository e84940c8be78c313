// Reads a calendar as Thunderbird does (its parser is ical.js) and says what is in it, as JSON.
// Times are counted by the VTIMEZONEs of the calendar itself.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const ICAL = createRequire(`${process.argv[2]}/`)("ical.js");
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));

const moment = (time) => (time.isDate ? time.toString() : time.toJSDate().toISOString());
const people = (component, name) =>
  component.getAllProperties(name).map((property) => ({
    address: property.getFirstValue(),
    ...property.toJSON()[1],
  }));

const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    sequence: event.sequence,
    summary: event.summary,
    location: event.location,
    description: event.description,
    start: moment(event.startDate),
    end: moment(event.endDate),
    zone: event.startDate.zone.tzid,
    stamp: moment(component.getFirstPropertyValue("dtstamp")),
    status: component.getFirstPropertyValue("status"),
    organizer: people(component, "organizer"),
    attendees: people(component, "attendee"),
  };
});

console.log(
  JSON.stringify({
    version: calendar.getFirstPropertyValue("version"),
    product: calendar.getFirstPropertyValue("prodid"),
    method: calendar.getFirstPropertyValue("method"),
    zones: calendar.getAllSubcomponents("vtimezone").map((zone) => zone.getFirstPropertyValue("tzid")),
    events,
  }),
);
