// The order of a plan's sections: buttons without loading the page anew, and rows to drag.
//
// Every step is a form that the page has anyway; what comes back is the page with the new order.
import { wireDragging } from "./dragging";
import { send } from "./sending";

const root = document.querySelector<HTMLFormElement>("[data-order]");
if (root) {
  root.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const data = new FormData(root);
    data.append(button.name, button.value);
    void send(root, location.pathname, data, button.value);
  });
  wireDragging(root);
}
