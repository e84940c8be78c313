import { mount } from "./editor";

for (const root of document.querySelectorAll<HTMLElement>("[data-editor]")) void mount(root);
