// A passkey that was cancelled or refused: say so in the page instead of in the console.
document.addEventListener("allauth.error", (event) => {
  const notice = document.getElementById("passkey-error");
  if (notice) {
    event.preventDefault();
    notice.hidden = false;
    notice.scrollIntoView({ block: "nearest" });
  }
});

// Pressed before the scripts above are there, a button would do nothing: until then it can't be.
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("button[data-passkey]")) {
    button.disabled = false;
  }
});
